import { RecordKindId, recordSchemas } from "@stork/contract/records.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { textOf } from "../events/utf8.ts";
import { isRefusedRecord, type Kind } from "./kind.ts";
import { kinds, stateRecord } from "./kinds.ts";
import type { Fields, StatedRecord } from "./record.ts";

const context = { zone: "Asia/Shanghai", now: Date.parse("2026-06-10T04:00:00Z") };
const phone = [{ namespace: "phone", value: "13912345678" }];
const samples: { [Id in RecordKindId]: object } = {
  order: {
    ...{ order: "A1", paidAt: "2026-06-01", amount: 10, identifiers: phone, status: "refunded" },
    items: [{ sku: "S", quantity: 1, price: "¥10.00" }],
  },
  product: { sku: "S", name: "奶粉 900g×6" },
  stock: { sku: "S", at: "2026-06-01", onHand: 3 },
  "purchase-order": { number: "P", sku: "S", quantity: 5, orderedAt: "2026-06-01" },
  spend: { platform: "baidu", day: "2026-06-01", spend: "1.5" },
  member: { member: "M", identifiers: phone, joinedAt: "2026-06-01" },
  ticket: { ticket: "T", identifiers: phone, openedAt: "2026-06-01", closedAt: "2026-06-02" },
  review: { review: "R", identifiers: phone, at: "2026-06-01", text: "电话 13912345678" },
  survey: { response: "1", identifiers: phone, at: "2026-06-01", nps: 10, answers: { q: "mail a@b.cn" } },
};
const state = (id: RecordKindId, more: object = {}) =>
  stateRecord(id, recordSchemas[id].parse({ ...samples[id], ...more }) as never, context);

describe.each(RecordKindId.options)("%s", (id) => {
  const kind = kinds[id] as unknown as Kind<"order">;
  const stated = state(id) as StatedRecord;

  test("says who it is and what makes it the same, in both languages", () => {
    expect(kind.id).toBe(id);
    for (const { zh, en } of [kind.label, kind.keyed]) expect(zh && en).toBeTruthy();
  });

  test("is stated with a key, survives a thread, and identifies nobody in its fields", () => {
    expect(stated.kind).toBe(id);
    expect(stated.key).not.toBe("");
    expect(structuredClone(stated)).toEqual(stated);
    expect(stated.fields).not.toMatch(/13912345678|a@b\.cn/);
  });

  test("tells the events it names, from its fields alone", () => {
    const told = kind.tells(JSON.parse(textOf(stated.fields)) as Fields).map(({ name }) => name);
    expect(told.every((name) => kind.events.includes(name))).toBe(true);
    expect(told.length > 0).toBe(kind.events.length > 0);
    expect(new Set(told).size).toBe(told.length);
  });

  test("takes a time that cannot be read as a refusal of this record alone", () => {
    const read = state(id, { changedAt: "the day before" });
    expect(isRefusedRecord(read) && read.refused).toBe("records/time-unreadable");
  });

  test("whatever passes the schema is stated or refused, never thrown", () => {
    const any = fc.dictionary(fc.constantFrom(...Object.keys(recordSchemas[id].shape)), fc.jsonValue());
    fc.assert(
      fc.property(any, (more) => {
        const parsed = recordSchemas[id].safeParse({ ...samples[id], ...more });
        if (parsed.success) expect(stateRecord(id, parsed.data as never, context)).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});
