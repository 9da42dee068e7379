import { Entry, type EntryKind } from "@stork/contract/journeys.ts";
import { expect, test } from "vitest";
import type { EventFact } from "../segments/condition.ts";
import { entries } from "./entries.ts";
import { mayEnter } from "./reentry.ts";

const segments = new Map([
  ["7", { name: "孕期", where: { kind: "stage", in: ["pregnancy-3"] } as const }],
] as never) as Parameters<(typeof entries)["segment"]["sentence"]>[1];
const examples = {
  event: {
    ...{ kind: "event", event: "Order Completed" },
    where: [{ property: "total", op: ">=", value: 50 }],
  },
  segment: { kind: "segment", segment: "7", present: false },
  stage: { kind: "stage", in: ["pregnancy-3"] },
  date: { kind: "date", of: "due", offsetDays: -42, at: "10:00" },
} satisfies { [K in EntryKind]: Entry };
const fact = (name: string, properties: Record<string, unknown>, amountFen = 0): EventFact => ({
  ...{ name, at: new Date(0), orderId: "", amountFen, quantity: 1, items: [], excluded: false, properties },
});

test.each(Object.keys(entries) as EntryKind[])(
  "%s: waits for an event or is looked for, and reads",
  (kind) => {
    const entry = examples[kind];
    expect(Entry.parse(entry)).toEqual(entry);
    const meaning = entries[kind];
    const woken = meaning.wokenBy(entry as never) !== null;
    expect(woken).toBe(meaning.looks(entry as never) === null);
    const { zh, en } = meaning.sentence(entry as never, segments);
    expect([zh, en].every((text) => text.length > 3)).toBe(true);
  },
);

test("only what fits lets in, about its child; whoever is chosen by a child is known to be", () => {
  const paid = (fen: number) => entries.event.lets(examples.event, fact("Order Completed", {}, fen));
  expect([paid(9_900), paid(1_000)]).toEqual([{ child: null }, null]);
  const entered = (stage: string) =>
    entries.stage.lets(examples.stage, fact("Stage Entered", { stage, child: "12" }));
  expect([entered("pregnancy-3"), entered("0-1")]).toEqual([{ child: 12 }, null]);
  expect(entries.segment.byChild(examples.segment, segments)).toBe(true);
  expect(entries.event.byChild(examples.event, segments)).toBe(false);
});

test("nobody is in twice at a time; a second child is not missed for the first one's sake", () => {
  const at = new Date("2026-06-30T00:00:00Z");
  const run = (state: string, child: number | null, on: string) => ({
    state,
    child,
    enteredAt: new Date(on),
  });
  const once = { kind: "once" } as const;
  const monthly = { kind: "every", days: 30 } as const;
  const before = [run("done", 1, "2026-06-01T00:00:00Z")];
  expect(mayEnter(once, [], { child: null, at })).toBe(true);
  expect(mayEnter(once, before, { child: 1, at })).toBe(false);
  expect(mayEnter(once, before, { child: 2, at })).toBe(true);
  expect(mayEnter(once, before, { child: null, at })).toBe(false);
  expect(mayEnter(monthly, before, { child: 1, at })).toBe(false);
  expect(mayEnter(monthly, before, { child: 1, at: new Date("2026-07-01T00:00:00Z") })).toBe(true);
  expect(mayEnter(monthly, [run("waiting", 1, "2026-01-01T00:00:00Z")], { child: 2, at })).toBe(false);
});
