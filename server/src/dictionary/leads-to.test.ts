import type { RecordInput, RecordKindId } from "@stork/contract/records.ts";
import { recordSchemas } from "@stork/contract/records.ts";
import { expect, test } from "vitest";
import { textOf } from "../events/utf8.ts";
import { presets } from "../imports/presets.ts";
import { isRefusedRecord } from "../records/kind.ts";
import { stateRecord } from "../records/kinds.ts";
import { entryName } from "./entry-id.ts";
import { knownOf } from "./known.ts";
import { columnLeadsTo, leadsTo } from "./leads-to.ts";
import { Learner, type Sighting } from "./learner.ts";
import { lineageOf } from "./lineage.ts";

const at = "2026-05-01T00:00:00Z";
const whom = { identifiers: [{ namespace: "phone", value: "13912345678" }] };
/** A record of each kind that says all that one can say. */
const full = {
  order: {
    ...{ order: "A1", shop: "官网", platform: "tmall", status: "completed", ...whom },
    ...{ placedAt: at, paidAt: at, shippedAt: at, completedAt: at, cancelledAt: at },
    ...{ amount: 268, freight: 1, discount: 2, deposit: 3, currency: "CNY", coupon: "C1", isTest: true },
    items: [{ sku: "F-1", quantity: 1, price: 268 }],
    refunds: [{ amount: 1 }],
  },
  product: {
    ...{ sku: "F-1", product: "F", name: "婴儿奶粉 1段 900g×6", brand: "鹤", category: "formula" },
    ...{ pack: "900g×6罐", barcode: "69", price: 268, cost: 90, status: "on-sale", changedAt: at },
  },
  stock: { sku: "F-1", place: "一仓", at, onHand: 3, reserved: 1, inTransit: 1, batch: "B", expiresOn: at },
  "purchase-order": {
    ...{ number: "P1", line: "1", supplier: "厂", sku: "F-1", quantity: 3, received: 1, price: 90 },
    ...{ orderedAt: at, expectedAt: at, receivedAt: at, place: "一仓", status: "open" },
  },
  spend: {
    ...{ platform: "douyin", account: "a", campaign: "c", unit: "u", creative: "k", day: at, spend: 1 },
    ...{ impressions: 1, clicks: 1, conversions: 1, orders: 1, revenue: 1 },
  },
  member: {
    ...{ member: "M1", programme: "官网", ...whom, joinedAt: at, tier: "金卡", points: 3 },
    ...{ traits: { city: "杭州" }, children: [{ bornOn: "2026-01-01" }, { dueOn: "2026-12-01" }] },
    consents: [{ purpose: "marketing", state: "granted" }],
  },
  ticket: {
    ...{ ticket: "T1", ...whom, order: "A1", sku: "F-1", channel: "微信", topic: "物流", text: "慢" },
    ...{ status: "closed", openedAt: at, closedAt: at, agent: "x", score: 4 },
  },
  review: {
    review: "R1",
    ...whom,
    order: "A1",
    sku: "F-1",
    product: "奶粉",
    rating: 5,
    text: "好",
    at,
    reply: "谢",
    photos: 2,
  },
  survey: { response: "S1", survey: "NPS", ...whom, at, nps: 9, answers: { reason: "快" } },
} as const satisfies Record<RecordKindId, object>;

const stated = (Object.keys(full) as RecordKindId[]).map((kind) => {
  const input = recordSchemas[kind].parse(full[kind]) as RecordInput<typeof kind>;
  const record = stateRecord(kind, input, { zone: "Asia/Shanghai", now: Date.parse("2026-06-01") });
  if (isRefusedRecord(record)) throw new Error(`${kind} ${record.path}`);
  return record;
});

const unknown = (entries: readonly string[]): string[] =>
  entries.filter((entry) => {
    const named = entryName(entry);
    return named === null || knownOf(named) === null;
  });

test("every field that a record can have is known, and leads to names that are", () => {
  const fields = stated.flatMap(({ kind, fields }) =>
    Object.keys(JSON.parse(textOf(fields)) as object).map((name) => `record:${kind}/${name}`),
  );
  expect(fields.length).toBeGreaterThan(80);
  expect(unknown([...fields, ...fields.flatMap(leadsTo)])).toEqual([]);
});

/** Columns that say who somebody is, or help to read another. */
const noEntries = new Set([
  ...["member", "phone", "buyerPhone", "openid", "unionid", "email", "user", "nick"],
  ...["note", "due", "goods", "earned", "interactions", "store", "childName", "childName2", "gender"],
]);

test("every column of every preset becomes something that is known, or is said to become nothing", () => {
  const nowhere = new Set<string>();
  for (const { id: preset, kinds } of Object.values(presets))
    for (const { record, targets } of kinds)
      for (const { id } of targets) {
        const entries = columnLeadsTo(record, id);
        if (entries.length === 0 && !noEntries.has(id.replace(/Fen$/, ""))) nowhere.add(`${preset} ${id}`);
        expect(unknown(entries)).toEqual([]);
      }
  expect([...nowhere]).toEqual([]);
});

test("records are counted, a few are looked into, and what they say of persons is heard; no value is kept", () => {
  const learner = new Learner();
  const origin = { workspace: 1, source: 7, import: 3, received: 5 };
  const member = stated.filter(({ kind }) => kind === "member");
  for (let i = 0; i < 100; i += 1) learner.seeRecords(origin, member);
  const seen = learner.take();
  const of = (kind: Sighting["kind"], name: string) =>
    seen.find((one) => one.kind === kind && one.name === name);
  expect(of("record", "member")).toMatchObject({ rows: 100, source: 7, firstAt: Date.parse(at) });
  expect(of("field", "points")).toMatchObject({ event: "member", rows: 40, types: { number: 40 } });
  expect(of("trait", "babyBirthday")).toMatchObject({ types: { date: 40 } });
  expect(of("trait", "dueDate")).toMatchObject({ types: { date: 40 } });
  expect(of("trait", "city")).toMatchObject({ types: { text: 40 } });
  for (const value of ["杭州", "金卡", "2026-01-01", "13912345678"])
    expect(JSON.stringify(seen)).not.toContain(value);
});

test("the picture leads from a file's column to the field, the tag, the segment and the journey", () => {
  const source = { source: { id: "7", name: "会员.xlsx" }, rows: 1, types: {}, firstAt: "", lastAt: "" };
  const entry = (id: string, from: object[] = [source]) =>
    ({ id, ...entryName(id), label: null, seenFrom: from }) as never;
  const entries = [
    ...["record:member", "record:member/children", "trait:babyBirthday", "event:Signed Up"].map((id) =>
      entry(id),
    ),
    entry("tag:stage", []),
  ];
  const columns = columnLeadsTo("member", "bornOn").map((to) => ({
    ...{ source: "7", sourceName: "会员.xlsx", column: "宝宝生日", entry: to },
  }));
  const users = [
    { kind: "segment", id: "3", name: { zh: "新生儿", en: "newborn" }, entries: ["tag:stage"], segments: [] },
    { kind: "journey", id: "5", name: { zh: "喂养", en: "feeding" }, entries: [], segments: ["3"] },
  ] as const;
  const { nodes, edges } = lineageOf(entries, users, columns, "tag:stage");
  const line = (from: string, to: string) => expect(edges).toContainEqual({ from, to });
  line("source:7", "column:7/宝宝生日");
  line("column:7/宝宝生日", "record:member/children");
  line("record:member/children", "tag:stage");
  line("column:7/宝宝生日", "trait:babyBirthday");
  line("trait:babyBirthday", "tag:stage");
  line("tag:stage", "segment:3");
  line("segment:3", "journey:5");
  const levelOf = new Map(nodes.map(({ id, level }) => [id, level]));
  for (const { from, to } of edges) expect(levelOf.get(from)).toBeLessThan(levelOf.get(to) ?? 0);
  // An event that came as a record hangs on the record, not on the source beside it.
  const signedUp = lineageOf(entries, users, columns, "event:Signed Up");
  expect(signedUp.edges).toContainEqual({ from: "record:member", to: "event:Signed Up" });
  expect(signedUp.edges).not.toContainEqual({ from: "source:7", to: "event:Signed Up" });
});
