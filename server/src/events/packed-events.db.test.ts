import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { ByteRooms } from "../platform/byte-rooms.ts";
import { ch } from "../platform/clickhouse.ts";
import type { Event } from "./event.ts";
import { eventLines } from "./event-lines.ts";
import { eventColumns } from "./event-row.ts";
import { ownEvent } from "./own-event.ts";
import { PackedEvents } from "./packed-events.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines.close());

const origin = { workspace: 7, source: 3, import: 0, received: Date.UTC(2026, 5, 1, 4) };
const event = (message: number, more: Partial<Event> = {}): Event => ({
  ...{ identifiers: [], rule: "same-message", type: "track", name: "Product Viewed", said: [] },
  ...{ orderId: "", amountFen: 0, quantity: 0, items: [], marks: [], excluded: false, properties: "{}" },
  message: String(message),
  at: Date.UTC(2026, 5, 1, 4, 0, 0, 7),
  ...more,
});
const item = (sku: string, category: string) => ({ sku, category, quantity: 2, amountFen: 19_900 });
const odd = ["a\tb\nc\rd\0e\\f'g\"h", "\\N", "\\t", "奶粉 900g×6 👶", "'],['", "]\t[", "'", "\\", " ", ""];

async function stored(rows: Parameters<typeof eventLines>[0]) {
  await engines.clickhouse.command(ch`truncate table event`);
  await engines.clickhouse.insertLines("event", eventLines(rows), eventColumns);
  return engines.clickhouse.query<Record<string, unknown>>(ch`
    select *, toString(message) as message from event order by message`);
}

test("a packed event reads back as it was, whatever characters it holds", () => {
  const events = odd.map((text, i) =>
    event(i, {
      identifiers: [
        { namespace: "user", value: text },
        { namespace: "anonymous", value: "b" },
        { namespace: "phone", value: "1" },
      ].slice(0, i % 4),
      orderId: text,
      items: [item(text, "formula"), item("B", text)].slice(0, i % 3),
      marks: ["quantity-high"],
      properties: JSON.stringify({ text, nested: { list: [text] } }),
    }),
  );
  const rows = new PackedEvents(origin, events.length);
  const packed = events.map((one) => rows.pack(one));
  rows.seal();
  expect(packed.map(ownEvent)).toEqual(events);
});

test("packed and plain events, in any mixture and with some left out, arrive as plain ones do", async () => {
  const events = odd.map((text, i) => event(i, { orderId: text, items: [item(text, text)], name: `n ${i}` }));
  const plain = events.map((one, i) => ({ event: one, node: 10 ** i, origin }));
  const [one, two] = [new PackedEvents(origin, 10), new PackedEvents(origin, 10)];
  const mixed = plain.map((row, i) =>
    i === 5 ? row : { ...row, event: (i % 4 === 3 ? two : one).pack(row.event) },
  );
  expect(await stored(mixed)).toEqual(await stored(plain));
  const some = [0, 2, 4, 6].map((i) => mixed[i] as (typeof mixed)[number]);
  expect(await stored(some)).toEqual(
    await stored([0, 2, 4, 6].map((i) => plain[i] as (typeof plain)[number])),
  );
});

test("a row committed a second time, by itself, has the node of that time", async () => {
  const rows = new PackedEvents(origin, 1);
  const packed = rows.pack(event(1));
  await stored([{ event: packed, node: 999_999_999_999, origin }]);
  expect(await stored([{ event: packed, node: 5, origin }])).toMatchObject([{ node: 5 }]);
  expect(() => rows.setNode(packed.from, 10 ** 12)).toThrow(RangeError);
});

test("the bytes of a delivery that is over are another's, and it gives no row any more", () => {
  const rooms = new ByteRooms();
  const one = new PackedEvents(origin, 100, rooms);
  const packed = one.pack(event(1, { orderId: "T1" }));
  one.seal();
  const { buffer } = one.bytes;
  expect(new PackedEvents(origin, 100, rooms).bytes.buffer).not.toBe(buffer);
  for (let i = 0; i < 2; i += 1) one.over();
  expect(() => packed.orderId).toThrow("after its answer");
  expect(packed).toMatchObject({ name: "Product Viewed", messageHead: 0, messageTail: 2 });
  const two = new PackedEvents(origin, 100, rooms);
  expect(two.bytes.buffer).toBe(buffer);
  expect(new PackedEvents(origin, 100, rooms).bytes.buffer).not.toBe(buffer);
});

test("more events than there is room for are no delivery", () => {
  const rows = new PackedEvents(origin, 1);
  rows.pack(event(1));
  expect(() => rows.pack(event(2))).toThrow(RangeError);
});
