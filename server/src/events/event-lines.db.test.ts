import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { ch } from "../platform/clickhouse.ts";
import type { Event } from "./event.ts";
import { eventLines } from "./event-lines.ts";
import { eventColumns } from "./event-row.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines.close());

const event = (message: number, more: Partial<Event> = {}): Event => ({
  ...{ identifiers: [], rule: "same-message", type: "track", name: "Product Viewed", said: [] },
  ...{ orderId: "", amountFen: 0, quantity: 0, items: [], marks: [], excluded: false, properties: "{}" },
  message: String(message),
  at: Date.UTC(2026, 5, 1, 4, 0, 0, 7),
  ...more,
});

const origin = { workspace: 7, source: 3, import: 0, received: Date.UTC(2026, 5, 1, 4) };

/** Writes events, each under a node of its own, and reads them back in that order. */
async function kept(events: readonly Event[]) {
  const lines = eventLines(events.map((one, i) => ({ event: one, node: i + 1, origin })));
  await engines.clickhouse.command(ch`truncate table event`);
  await engines.clickhouse.insertLines("event", lines, eventColumns);
  return engines.clickhouse.query<Record<string, unknown>>(ch`
    select *, toString(message) as message, toUnixTimestamp64Milli(at) as at,
      toUnixTimestamp64Milli(received) as received
    from event order by node`);
}

test("every column arrives as it was, whatever characters its text holds", async () => {
  const texts = [
    "a\tb\nc\rd\0e\\f'g\"h",
    "\\N",
    "\\t",
    "奶粉 900g×6 👶",
    "'],['",
    "\u2028 \u0007",
    "'",
    "\\",
    " ",
  ];
  const events = texts.map((text, i) =>
    event(i, {
      name: text,
      orderId: text,
      amountFen: -12_345 * (i + 1),
      quantity: i,
      items: [
        { sku: text, category: "formula", quantity: 2, amountFen: 19_900 },
        { sku: "B", category: text, quantity: -1, amountFen: -5 },
      ],
      marks: ["quantity-high", "amount-negative", "quantity-high"],
      excluded: true,
      properties: JSON.stringify({ text, nested: { list: [text] } }),
    }),
  );
  const rows = await kept(events);
  expect(rows).toHaveLength(texts.length);
  for (const [i, row] of rows.entries()) {
    const { items, marks, name, orderId, amountFen, quantity, properties, message, at } = events[i] as Event;
    expect(row).toMatchObject({
      ...{ workspace: 7, node: i + 1, message, at, received: Date.UTC(2026, 5, 1, 4), type: "track" },
      ...{ name, source: 3, import: 0, order_id: orderId, amount_fen: amountFen, quantity, properties },
      "item.sku": items.map((item) => item.sku),
      "item.category": items.map((item) => item.category),
      "item.quantity": [2, -1],
      "item.amount_fen": [19_900, -5],
      marks: [...new Set(marks)],
      excluded: 1,
    });
  }
});

test("instants from 2000 on keep their millisecond", async () => {
  const instants = [
    Date.UTC(2000, 0, 1),
    Date.UTC(2001, 8, 9, 1, 46, 39, 999),
    Date.UTC(2026, 11, 31, 23, 59, 59, 1),
  ];
  const rows = await kept(instants.map((at, i) => event(i, { at })));
  expect(rows.map(({ at }) => at)).toEqual(instants);
});

test("any number of rows of any length is whole", async () => {
  const events = Array.from({ length: 333 }, (_, i) =>
    event(i, { properties: JSON.stringify({ pad: "宝".repeat((i * 37) % 9_000) }) }),
  );
  const rows = await kept(events);
  expect(rows.map(({ properties }) => properties)).toEqual(events.map(({ properties }) => properties));
  expect(eventLines([]).length).toBe(0);
});
