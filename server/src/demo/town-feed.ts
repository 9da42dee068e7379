import { shopIds, shops } from "@stork/town/shops.ts";
import { families } from "@stork/town/town.ts";
import type { Event } from "../events/event.ts";
import { readSegmentMessage } from "../events/segment-message.ts";

/** The town's shops, as sources to be made before the feed is taken. */
export const feedSources = shopIds.map((id) => ({ id, name: shops[id].name.zh }));

export interface FeedOptions {
  seed: number;
  families: number;
  until: string;
  zone: string;
  received: number;
  /** The source that stands for each shop. */
  sourceOf: ReadonlyMap<string, number>;
}

export interface FeedPart {
  /** Families told so far. */
  families: number;
  /** Events by source, each family's in order of time. */
  events: Map<number, Event[]>;
}

/** Each part reaches over all the months of the town, and every month it touches is a part to the engine: few and large. */
const eventsPerPart = 40_000;

/** What the town's shops would have sent, read by the same code that reads a shop's requests. */
export function* townFeed(options: FeedOptions): Generator<FeedPart, void, undefined> {
  const { seed, until, zone, received, sourceOf } = options;
  let events = new Map<number, Event[]>();
  let waiting = 0;
  let told = 0;
  for (const family of families({ seed, families: options.families, until })) {
    for (const message of family.messages) {
      const source = sourceOf.get(message.source);
      if (source === undefined) throw new Error(`no source for ${message.source}`);
      const event = readSegmentMessage(message, {
        source,
        zone,
        received,
        sentAt: undefined,
        type: undefined,
        freshId: () => message.messageId,
      });
      // The town speaks the protocol; if it did not, the demo would silently lack a part.
      if (typeof event === "string") throw new Error(`${message.messageId} was refused: ${event}`);
      const mine = events.get(source);
      if (mine === undefined) events.set(source, [event]);
      else mine.push(event);
      waiting += 1;
    }
    told += 1;
    if (waiting < eventsPerPart) continue;
    yield { families: told, events };
    events = new Map();
    waiting = 0;
  }
  yield { families: told, events };
}
