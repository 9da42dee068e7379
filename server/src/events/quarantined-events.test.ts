import { expect, test } from "vitest";
import type { Event } from "./event.ts";
import { fieldsOf, type Held } from "./quarantine.ts";
import { quarantinedEvents } from "./quarantined-events.ts";

/** What was refused on Monday and put right on Thursday happened on Monday, once. */

const monday = Date.parse("2026-06-01T04:00:00Z");
const thursday = Date.parse("2026-06-04T09:00:00Z");
const workspace = { id: 1, timeZone: "Asia/Shanghai" } as never;

async function replayed(item: object): Promise<Event> {
  const taken: Event[] = [];
  const kind = quarantinedEvents({
    intake: {
      commit: async (_holder, _received, events) => {
        taken.push(...events);
        return events.map(() => "committed" as const);
      },
    },
    clock: { now: () => new Date(thursday) },
    topicsOf: async () => [],
  });
  const held: Held = {
    ...{ id: 7, source: 3, import: null, file: null, line: null, recordLine: null, code: "x", item },
    at: new Date(monday),
  };
  await kind.replay(workspace, [held], {} as never);
  return taken[0] as Event;
}

test("an event that says no time happened when it arrived", async () => {
  expect((await replayed({ type: "track", userId: "u", event: "Page Read" })).at).toBe(monday);
});

test("the sender's clock is put right by how far it was off on arrival, not by how long it lay here", async () => {
  const time = monday - 3_600_000;
  const item = { type: "track", event: "Page Read", distinct_id: "d", time, _flush_time: monday };
  expect((await replayed(item)).at).toBe(time);
});

test("a batch's sentAt, kept with its item, does so for Segment's", async () => {
  const timestamp = new Date(monday + 86_400_000 - 3_600_000).toISOString();
  const sentAt = new Date(monday + 86_400_000).toISOString();
  const item = { type: "track", event: "Page Read", userId: "u", timestamp, sentAt };
  expect((await replayed(item)).at).toBe(monday - 3_600_000);
});

test("without an id it is known by its place: replayed by two at once, it is one event", async () => {
  const item = { type: "track", userId: "u", event: "Page Read" };
  expect((await replayed(item)).message).toBe((await replayed(item)).message);
});

test("an item nested without an end is shown all the same", () => {
  let deep: unknown = 1;
  for (let i = 0; i < 20_000; i += 1) deep = { a: deep };
  expect(fieldsOf(deep)).toMatchObject([{ value: "…" }]);
});
