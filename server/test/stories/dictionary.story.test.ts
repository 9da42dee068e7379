import type {
  DictionaryEntry,
  DictionaryTask,
  EntryWithHistory,
  Lineage,
} from "@stork/contract/dictionary.ts";
import type { Gaps, ImputationAnswer } from "@stork/contract/imputation.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { z } from "zod";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** A developer connects a smart bottle; an analyst writes down what its words mean, and finds what is wrong with them. */

let app: WholeApp;
let path: string;
let writeKey: string;

beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T04:00:00.000Z" });
  ({ path, writeKey } = await app.brand("bottles"));
});
afterAll(() => app.close());

type Page = { items: DictionaryEntry[]; total: number; next: string | null; counts: Record<string, number> };
const list = async (query = "") => (await app.call<Page>("GET", `${path}/dictionary${query}`)).body;
const entryPath = (id: string) => `${path}/dictionary/entry?id=${encodeURIComponent(id)}`;
const entry = async (id: string) =>
  (await app.call<z.infer<typeof EntryWithHistory>>("GET", entryPath(id))).body;
const tasks = async () =>
  (await app.call<{ items: DictionaryTask[]; total: number }>("GET", `${path}/dictionary/tasks`)).body;

let sent = 0;
const feed = (degrees: unknown, name = "Bottle Warmed") => ({
  type: "track",
  messageId: `d${++sent}`,
  anonymousId: "mother-1",
  event: name,
  properties: { degrees, room: "厨房" },
  timestamp: "2026-06-01T03:59:00.000Z",
});

test("names are there as soon as they arrive, with their type and their source", async () => {
  await app.collect(writeKey, [feed(37.5), feed(40)]);
  const { items, counts } = await list("?query=bottle");
  expect(items.map(({ id }) => id)).toEqual([
    "event:Bottle Warmed",
    "property:Bottle Warmed/degrees",
    "property:Bottle Warmed/room",
  ]);
  expect(counts).toEqual({ event: 1, property: 2 });
  expect(items[1]).toMatchObject({ type: "number", status: "learned", rows: 2, meaning: null });
  expect(items[0]?.seenFrom[0]?.rows).toBe(2);
  // No value of any of them is kept.
  expect(JSON.stringify(items)).not.toContain("厨房");
});

test("what nobody has explained is a task until somebody does; who said so is on record", async () => {
  expect((await tasks()).items.map(({ id }) => id)).toContain("no-meaning|event:Bottle Warmed|");
  const said = {
    meaning: { zh: "智能奶瓶加热了一次", en: "The bottle warmed the milk once" },
    owner: "硬件组",
  };
  const changed = await app.call<z.infer<typeof EntryWithHistory>>(
    "PATCH",
    entryPath("event:Bottle Warmed"),
    said,
  );
  expect(changed.body).toMatchObject({ ...said, status: "confirmed", history: [{ after: said }] });
  await app.call("PATCH", entryPath("property:Bottle Warmed/degrees"), {
    meaning: { zh: "水温" },
    unit: "°C",
  });
  expect(await entry("property:Bottle Warmed/degrees")).toMatchObject({ unit: "°C", status: "confirmed" });
  expect((await tasks()).items.map(({ entry }) => entry)).not.toContain("event:Bottle Warmed");
});

test("a field that changes its type, and a slip in a name, surface by themselves", async () => {
  await app.collect(writeKey, [feed("37℃"), feed("38℃"), feed(39, "Bottle Wramed")]);
  const { items } = await tasks();
  expect(items).toContainEqual(
    expect.objectContaining({ kind: "type-conflict", entry: "property:Bottle Warmed/degrees" }),
  );
  expect(items).toContainEqual(
    expect.objectContaining({
      kind: "look-alike",
      entry: "event:Bottle Wramed",
      suggestion: "event:Bottle Warmed",
    }),
  );
  const slip = items.find(({ kind }) => kind === "look-alike");
  const dismiss = `${path}/dictionary/tasks/${encodeURIComponent(slip?.id ?? "")}/dismiss`;
  expect((await app.call("POST", dismiss, { why: "" })).status).toBe(400);
  expect((await app.call("POST", dismiss, { why: "另一种奶瓶" })).status).toBe(204);
  expect((await app.call("POST", dismiss, { why: "再来一次" })).status).toBe(404);
  expect((await tasks()).items.map(({ id }) => id)).not.toContain(slip?.id);
});

test("the picture leads from the source to the segment, and says who is affected", async () => {
  const where = {
    kind: "did",
    event: "Bottle Warmed",
    where: [{ property: "degrees", op: ">", value: 45 }],
  };
  const { body: segment } = await app.call<{ id: string }>("POST", `${path}/segments`, {
    name: "太烫",
    where,
  });
  const about = encodeURIComponent("property:Bottle Warmed/degrees");
  const { body: picture } = await app.call<Lineage>("GET", `${path}/dictionary/lineage?entry=${about}`);
  expect(picture.nodes.map(({ kind }) => kind).sort()).toEqual(["event", "property", "segment", "source"]);
  expect(picture.edges).toContainEqual({
    from: "property:Bottle Warmed/degrees",
    to: `segment:${segment.id}`,
  });
  const journey = {
    name: "提醒水温",
    entry: { kind: "segment", segment: segment.id },
    steps: [{ kind: "wait", minutes: 5 }, { kind: "exit" }],
  };
  const { body: made } = await app.call<{ id: string }>("POST", `${path}/journeys`, journey);
  const { body: further } = await app.call<Lineage>("GET", `${path}/dictionary/lineage?entry=${about}`);
  expect(further.edges).toContainEqual({ from: `segment:${segment.id}`, to: `journey:${made.id}` });
  const used = await entry("property:Bottle Warmed/degrees");
  expect(used.usedBy).toEqual([
    { kind: "segment", id: segment.id, name: { zh: "太烫", en: "太烫" } },
    { kind: "journey", id: made.id, name: { zh: "提醒水温", en: "提醒水温" } },
  ]);
});

test("a figure's definition is not changed here, and a name that is none is told so", async () => {
  const gmv = await entry("metric:gmv");
  expect(gmv).toMatchObject({ status: "built-in", unit: "fen" });
  expect((await app.call("PATCH", entryPath("metric:gmv"), { meaning: { zh: "x" } })).status).toBe(409);
  expect((await app.call("PATCH", entryPath("metric:gmv"), { owner: "财务" })).status).toBe(200);
  expect((await app.call("PATCH", entryPath("event:Nothing"), { owner: "x" })).status).toBe(404);
  expect((await app.call("GET", entryPath("nonsense"))).status).toBe(404);
});

test("an analyst asks what would stand in a field's gaps: told as made up, and nothing is written", async () => {
  const grams = (i: number) => 100 + (i % 10) * 100;
  const events = Array.from({ length: 120 }, (_, i) => ({
    ...{ type: "track", messageId: `i${i}`, anonymousId: "mother-2", event: "Milk Drunk" },
    properties: {
      grams: grams(i),
      ...(i % 12 === 0 ? {} : { minutes: grams(i) / 50 + (i % 3) * 0.1 }),
      phone: "x",
    },
    timestamp: new Date(Date.parse("2026-05-01T00:00:00Z") + i * 60_000).toISOString(),
  }));
  await app.collect(writeKey, events);
  const ask = (body: object) =>
    app.call<ImputationAnswer>("POST", `${path}/dictionary/imputation`, {
      entry: "property:Milk Drunk/minutes",
      ...body,
    });
  const { body: many } = await ask({ method: "multiple", predictors: ["grams"], limit: 3 });
  expect(many).toMatchObject({ rows: 120, isAll: true, missing: 10, declined: null });
  expect(many.mean?.low).toBeLessThan(many.mean?.high ?? 0);
  expect(many.filled).toHaveLength(3);
  for (const { values, imputed, spread } of many.filled) {
    expect(imputed).toEqual(["minutes"]);
    expect(Math.abs(Number(values["minutes"]) - Number(values["grams"]) / 50)).toBeLessThan(3);
    expect(spread).not.toBeNull();
  }
  expect((await ask({ method: "multiple", predictors: ["grams"], limit: 3 })).body).toEqual(many);
  const { body: middle } = await ask({ method: "median", limit: 1 });
  expect(middle).toMatchObject({ missing: 10, mean: null, filled: [{ imputed: ["minutes"], spread: null }] });
  expect(
    (await ask({ entry: "property:Milk Drunk/phone", method: "most-frequent" })).body.declined?.code,
  ).toBe("identifying");
  expect((await ask({ method: "multiple" })).body.declined?.code).toBe("no-predictors");
  expect((await ask({ entry: "event:Milk Drunk", method: "mean" })).status).toBe(404);
  // The facts are as they were: the same gaps again.
  expect((await ask({ method: "mean" })).body.missing).toBe(10);
});

test("gaps of what is said of persons and of records are filled likewise, and whoever reads on sees which", async () => {
  const mothers = Array.from({ length: 24 }, (_, i) => ({
    ...{ type: "identify", messageId: `p${i}`, userId: `mother-${i}`, timestamp: "2026-05-01T00:00:00Z" },
    traits: { visits: i % 6, phone: `1380000${1000 + i}`, ...(i % 4 === 0 ? {} : { points: (i % 6) * 100 }) },
  }));
  await app.collect(writeKey, mothers);
  const records = Array.from({ length: 8 }, (_, i) => ({
    ...{ sku: `S${i}`, brand: i % 2 === 0 ? "鹤" : "鹭", price: 100 + i },
    ...(i < 2 ? {} : { cost: 60 }),
  }));
  await app.call("POST", `${path}/records/product:batch`, { records });
  const gaps = async (of: string) =>
    (await app.call<Gaps>("GET", `${path}/dictionary/gaps?of=${encodeURIComponent(of)}`)).body;
  const ofPersons = await gaps("traits");
  expect(ofPersons.sets.map(({ id }) => id)).toEqual(
    expect.arrayContaining(["traits", "record:product", "event:Milk Drunk"]),
  );
  expect(ofPersons.fields.map(({ name }) => name)).not.toContain("phone");
  expect(ofPersons).toMatchObject({ rows: 24, isAll: true });
  expect(ofPersons.fields).toContainEqual(
    expect.objectContaining({ entry: "trait:points", missing: 6, isNumber: true }),
  );
  expect((await gaps("record:product")).fields).toContainEqual(
    expect.objectContaining({ entry: "record:product/costFen", missing: 2, isNumber: true }),
  );
  expect((await app.call("GET", `${path}/dictionary/gaps?of=nothing`)).status).toBe(404);
  const ask = (body: object) => app.call<ImputationAnswer>("POST", `${path}/dictionary/imputation`, body);
  const { body: points } = await ask({ entry: "trait:points", method: "mean", predictors: ["visits"] });
  expect(points).toMatchObject({ rows: 24, missing: 6, declined: null });
  expect(points.filled.every(({ imputed }) => imputed[0] === "points")).toBe(true);
  const cost = { entry: "record:product/costFen", method: "most-frequent", whole: true, limit: 20_001 };
  const { body: costs } = await ask(cost);
  expect(costs).toMatchObject({ rows: 8, missing: 2 });
  // The whole set, completed; what was made up is told apart from what was said.
  expect(costs.filled.map(({ values }) => values["costFen"])).toEqual(Array(8).fill(6000));
  expect(costs.filled.filter(({ imputed }) => imputed.includes("costFen"))).toHaveLength(2);
});

test("what a company's systems hold is in it too: from the record to its field, the tag, the segment, the journey", async () => {
  const member = {
    ...{ member: "M-1", programme: "官网", points: 30, children: [{ bornOn: "2026-04-01" }] },
    identifiers: [{ namespace: "phone", value: "13912345678" }],
  };
  await app.call("POST", `${path}/records/member:batch`, { records: [member] });
  const points = await entry("record:member/points");
  expect(points).toMatchObject({
    kind: "field",
    event: "member",
    type: "number",
    status: "built-in",
    rows: 1,
  });
  expect(points.seenFrom[0]?.source.name).toBe("API");
  const where = { kind: "stage", in: ["1-3"], inferred: 0.8 };
  const { body: segment } = await app.call<{ id: string }>("POST", `${path}/segments`, {
    name: "新手",
    where,
  });
  const steps = [{ kind: "wait", minutes: 5 }, { kind: "exit" }];
  const feeding = { name: "喂养", entry: { kind: "segment", segment: segment.id }, steps };
  const { body: journey } = await app.call<{ id: string }>("POST", `${path}/journeys`, feeding);
  const about = `${path}/dictionary/lineage?entry=${encodeURIComponent("record:member/children")}`;
  const { edges } = (await app.call<Lineage>("GET", about)).body;
  const [record, field, tag] = ["record:member", "record:member/children", "tag:stage"];
  const way = [record, field, tag, `segment:${segment.id}`, `journey:${journey.id}`];
  for (const [i, to] of way.slice(1).entries()) expect(edges).toContainEqual({ from: way[i], to });
  expect(edges.find(({ to }) => to === record)?.from).toMatch(/^source:/);
  // Whoever uses the tag uses the field it is worked out of; the tag's meaning is not for people to change.
  const children = await entry(field as string);
  expect(children).toMatchObject({ sensitivity: "sensitive" });
  expect(children.usedBy.map(({ id }) => id)).toEqual(expect.arrayContaining([segment.id, journey.id]));
  expect((await entry("tag:guessed-age")).usedBy.map(({ id }) => id)).toContain(segment.id);
  expect((await app.call("PATCH", entryPath("tag:stage"), { meaning: { zh: "x" } })).status).toBe(409);
  expect((await app.call("PATCH", entryPath(field as string), { owner: "会员组" })).status).toBe(200);
  expect((await list("?kind=field&query=points")).items.map(({ id }) => id)).toEqual([
    "record:member/points",
  ]);
  expect(JSON.stringify(await list())).not.toContain("13912345678");
});
