import { messageHash } from "../src/events/message-hash.ts";
import { type ClickHouse, ch } from "../src/platform/clickhouse.ts";
import { ask } from "./server-process.ts";

/** One request's events, and whether a server has answered for them. */
export interface Batch {
  ids: string[];
  body: string;
  acknowledged: boolean;
}

export interface Place {
  url: string;
  writeKey: string;
}

export interface Sender {
  batches: Batch[];
  /** Statuses of every answer, with how often. */
  statuses: Map<number, number>;
  /** Sends new batches and, as an SDK would, again those without an answer, until told to stop. */
  load(place: () => Place, going: () => boolean, connections?: number): Promise<void>;
  send(place: Place, batch: Batch): Promise<number>;
  make(): Batch;
  /** Sends what has no answer until it has one. */
  settle(place: () => Place): Promise<void>;
  /** Whom the events name. */
  users(): Set<string>;
  /** Every message as the facts name it. */
  expected(source: number | string): string[];
}

/** The same numbers in each run. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A shop's sender that remembers what was answered, and sends some of it twice. */
export function createSender({ seed = 7, size = 50, users = 200, impatientMs = 60_000 } = {}): Sender {
  const next = chance(seed);
  const batches: Batch[] = [];
  const statuses = new Map<number, number>();
  const named = new Set<string>();
  let made = 0;

  function make(): Batch {
    const ids = Array.from({ length: size }, () => `m-${seed}-${made++}`);
    const at = new Date().toISOString();
    const events = ids.map((messageId) => ({
      type: "track",
      event: "Product Viewed",
      messageId,
      userId: `u-${Math.floor(next() * users)}`,
      // Some are new in every batch, so that faults fall into joins, too.
      anonymousId: next() < 0.1 ? `a-${messageId}` : undefined,
      timestamp: at,
      properties: { sku: "A", price: 19.9, quantity: 1 },
    }));
    for (const { userId } of events) named.add(userId);
    return { ids, body: JSON.stringify({ batch: events, sentAt: at }), acknowledged: false };
  }

  async function send({ url, writeKey }: Place, batch: Batch): Promise<number> {
    const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" };
    const signal = AbortSignal.timeout(impatientMs);
    try {
      const answer = await fetch(`${url}/v1/batch`, { method: "POST", headers, body: batch.body, signal });
      await answer.arrayBuffer();
      if (answer.status === 200) batch.acknowledged = true;
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      return answer.status;
    } catch {
      await pause(20);
      return 0;
    }
  }

  function choose(): Batch {
    if (next() < 0.1 && batches.length > 0) return batches[Math.floor(next() * batches.length)] as Batch;
    const open = batches.filter((one) => !one.acknowledged);
    if (open.length > 8) return open[Math.floor(next() * open.length)] as Batch;
    const batch = make();
    batches.push(batch);
    return batch;
  }

  return {
    ...{ batches, statuses, make, send },
    users: () => named,
    async load(place, going, connections = 6) {
      const work = async () => {
        while (going()) {
          // Told to wait, an SDK waits.
          if ((await send(place(), choose())) !== 200) await pause(50);
        }
      };
      await Promise.all(Array.from({ length: connections }, work));
    },
    async settle(place) {
      for (const one of batches)
        while (!one.acknowledged) if ((await send(place(), one)) !== 200) await pause(100);
    },
    expected: (source) => batches.flatMap(({ ids }) => ids.map((id) => messageHash(Number(source), id))),
  };
}

/** Makes a workspace with a source. */
export async function openShop(url: string, slug: string): Promise<{ id: string; writeKey: string }> {
  await ask(url, "POST", "/api/v1/workspaces", { slug, name: slug });
  return ask(url, "POST", `/api/v1/workspaces/${slug}/sources`, { kind: "http", name: "shop" });
}

/** The messages that every question counts, sorted: one that counts twice is there twice. */
export async function countedMessages(clickhouse: ClickHouse): Promise<string[]> {
  const rows = await clickhouse.query<{ message: string }>(
    ch`select toString(message) as message from event_once where name = 'Product Viewed' order by message`,
  );
  return rows.map(({ message }) => message).sort();
}
