import type { DeviceTopic } from "@stork/contract/devices.ts";
import type { z } from "zod";
import { identifyingKey, looksPersonal } from "../people/personal.ts";
import type { Clock } from "../platform/clock.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { createDeviceReader } from "./device-message.ts";
import type { Event } from "./event.ts";
import type { Intake } from "./intake.ts";
import { changed, fieldsOf, type Held, type QuarantinedKind, type Replayed } from "./quarantine.ts";
import { readSegmentMessage } from "./segment-message.ts";
import { fields } from "./segment-traits.ts";
import { readSensorsItem } from "./sensors-message.ts";
import { refusedWords } from "./source-shown.ts";

export interface ReplayParts {
  intake: Pick<Intake, "commit">;
  clock: Clock;
  topicsOf(workspace: number, source: number): Promise<readonly z.output<typeof DeviceTopic>[]>;
}

type Reader = (item: unknown, workspace: WorkspaceRef, held: Held) => Event | string;

const ids =
  /(^|\.)(userId|anonymousId|previousId|distinct_id|login_id|anonymous_id|original_id|identities\..*|id)$/;

/**
 * What lies in the quarantine of live sources: shown by path, changed by path, read again as it would have been when it
 * came. What says no time happened then, and a clock that was off is put right by how far it was off then. What has no id
 * is known by its place here, so that two who replay it at once make one event.
 */
function liveKind(
  parts: ReplayParts,
  readersOf: (items: readonly Held[], workspace: WorkspaceRef) => Promise<Reader>,
): QuarantinedKind {
  return {
    reason: refusedWords,
    groups: false,
    async fields({ item }) {
      return fieldsOf(item).map(({ name, value }) => ({
        ...{ name, value, target: null },
        personal: ids.test(name) || name.split(".").some(identifyingKey) || looksPersonal(value),
      }));
    },
    change: async ({ item }, changes) => changed(item, changes),
    async replay(workspace, items) {
      const read = await readersOf(items, workspace);
      const outcomes = new Array<Replayed>(items.length).fill("taken");
      const received = parts.clock.now().getTime();
      for (const [source, some] of Map.groupBy(items, (held) => held.source)) {
        const events: { event: Event; place: number }[] = [];
        for (const held of some) {
          const place = items.indexOf(held);
          const event = read(held.item, workspace, held);
          if (typeof event === "string") outcomes[place] = { refused: event };
          else events.push({ event, place });
        }
        const holder = { workspace: workspace.id, source, zone: workspace.timeZone };
        const done = await parts.intake.commit(
          holder,
          received,
          events.map(({ event }) => event),
        );
        for (const [i, outcome] of done.entries())
          if (outcome === "nobody")
            outcomes[events[i]?.place as number] = { refused: "collect/unusable-identity" };
      }
      return outcomes;
    },
  };
}

/** Items of the Segment and the Sensors protocol. */
export const quarantinedEvents = (parts: ReplayParts): QuarantinedKind =>
  liveKind(parts, async () => (item, { timeZone: zone }, held) => {
    const common = { ...readAsOf(held), zone };
    const isSensors = /^(track_|profile_|item_)/.test(String(fields(item)?.["type"])) || hasSensorsId(item);
    if (!isSensors) return readSegmentMessage(item, { ...common, sentAt: undefined, type: undefined });
    const read = readSensorsItem(item, common);
    return typeof read === "object" && "thing" in read ? "collect/items-not-kept" : read;
  });

const readAsOf = ({ id, source, at }: Held) => ({
  source,
  received: at.getTime(),
  freshId: () => `quarantined ${id}`,
});

const hasSensorsId = (item: unknown): boolean =>
  ["distinct_id", "identities", "login_id", "lib"].some((name) => fields(item)?.[name] !== undefined);

/** Messages of devices. */
export const quarantinedDevices = (parts: ReplayParts): QuarantinedKind =>
  liveKind(parts, async (items, workspace) => {
    const readers = new Map<number, ReturnType<typeof createDeviceReader>>();
    for (const source of new Set(items.map((held) => held.source)))
      readers.set(source, createDeviceReader(await parts.topicsOf(workspace.id, source)));
    return (item, { timeZone: zone }, held) => {
      const { topic, payload, payloadBase64, packet, retained } = fields(item) ?? {};
      const bytes =
        typeof payload === "string"
          ? Buffer.from(payload, "utf8")
          : Buffer.from(typeof payloadBase64 === "string" ? payloadBase64 : "", "base64");
      const read = readers.get(held.source)?.read(
        {
          ...{ topic: String(topic), bytes, retained: retained === true },
          packet: typeof packet === "number" ? packet : null,
        },
        { ...readAsOf(held), zone },
      );
      return read === undefined ? "device/unknown-topic" : typeof read === "string" ? read : read.event;
    };
  });
