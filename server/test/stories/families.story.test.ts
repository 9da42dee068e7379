import type { Family } from "@stork/contract/families.ts";
import type { ReviewPage } from "@stork/contract/identity.ts";
import type { Person } from "@stork/contract/people.ts";
import type { FamilyCalendar, StageCalendar } from "@stork/contract/stage-calendar.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch, u32 } from "../../src/platform/clickhouse.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let writeKey: string;
// 12:00 in Shanghai.
const now = "2026-06-01T04:00:00.000Z";

beforeAll(async () => {
  app = await wholeApp({ now });
  ({ path, writeKey } = await app.brand("milk"));
  await look();
});
afterAll(() => app.close());

const run = (name: string): Promise<void> => app.runTask(name);
const look = (): Promise<void> => run("look-for-stages");

let messages = 0;
const says = (userId: string, traits: object) =>
  app.collect(writeKey, [
    {
      ...{ type: "identify", messageId: `m${++messages}`, userId, traits },
      timestamp: app.clock.now().toISOString(),
    },
  ]);
const personOf = async (userId: string): Promise<Person> =>
  (await app.call<Person>("GET", `${path}/persons?identifier=user:${userId}`)).body;
const familyOf = async (person: string, on = ""): Promise<Family> =>
  (await app.call<Family>("GET", `${path}/families/${person}${on}`)).body;
const inStages = async (...stages: string[]): Promise<number> =>
  (
    await app.call<{ persons: number }>("POST", `${path}/segments/count`, {
      where: { kind: "stage", in: stages },
    })
  ).body.persons;

describe("who cares for whom", () => {
  test("a grandmother who stated the same child joins: one child, seen by both, counted once; undone, each has her own", async () => {
    await says("lan", { name: "王兰", babyBirthday: "2026-02-10" });
    await says("po", { name: "李秀英", babyBirthday: "2026-02-10" });
    const [lan, po] = [await personOf("lan"), await personOf("po")];
    expect(await inStages("3-6")).toBe(2);
    const joined = await app.call<{ change: string }>("PUT", `${path}/families/${lan.id}/carers/${po.id}`, {
      role: "grandmother",
      reason: "her own word at the till",
    });
    expect(joined.status).toBe(200);
    expect(await inStages("3-6")).toBe(1);
    const family = await familyOf(po.id);
    expect(family.carers).toMatchObject([
      { person: lan.id, name: "王**", role: "unknown" },
      { person: po.id, name: "李**", role: "grandmother", how: "stated" },
    ]);
    expect(family.children).toHaveLength(1);
    expect((await personOf("po")).children).toMatchObject([
      { id: family.children[0]?.id, stage: "3-6", ageMonths: 3 },
    ]);
    // A word of hers is about the family's child, and stays one child.
    await says("po", { children: [{ birthday: "2026-02-10", gender: "girl" }] });
    expect((await familyOf(lan.id)).children).toMatchObject([
      { gender: "female", id: family.children[0]?.id },
    ]);

    const undone = await app.call("POST", `${path}/families/${po.id}/changes/${joined.body.change}/undo`, {});
    expect(undone.status).toBe(200);
    expect(await inStages("3-6")).toBe(2);
    expect((await familyOf(lan.id)).carers).toHaveLength(1);
    expect((await familyOf(po.id)).changes.map(({ kind }) => kind)).toEqual(["left", "joined"]);
    expect(
      (await app.call("POST", `${path}/families/${po.id}/changes/${joined.body.change}/undo`, {})).status,
    ).toBe(409);
  });

  test("two at one door are a question to staff, not a family; a yes makes them one", async () => {
    const address = "浙江省杭州市西湖区学院路12号3单元401室";
    await says("he", { name: "何敏", address });
    await says("he-po", { name: "赵桂兰", address: "浙江省 杭州市西湖区学院路12号 3单元401室" });
    for (let i = 0; i < 7; i++) await says(`shop${i}`, { address: "浙江省杭州市西湖区文三路99号代收点" });
    await run("suggest-households");
    await run("suggest-households");
    const asked = async () =>
      (await app.call<ReviewPage>("GET", `${path}/identity/review?kind=household`)).body.items;
    const [he, po] = [await personOf("he"), await personOf("he-po")];
    const [question, ...others] = await asked();
    expect([question?.a.person, question?.b.person, question?.score, others]).toEqual([
      he.id,
      po.id,
      0.5,
      [],
    ]);
    expect((await familyOf(he.id)).carers).toHaveLength(1);
    const answered = await app.call("POST", `${path}/identity/review/${question?.id}`, { answer: "accept" });
    expect(answered.status).toBeLessThan(300);
    expect((await familyOf(po.id)).carers).toMatchObject([
      { person: he.id },
      { person: po.id, how: "suggested" },
    ]);
    await run("suggest-households");
    expect((await asked()).filter(({ state }) => state === "open")).toEqual([]);
  });

  test("parents apart share a child: both see it, it counts once", async () => {
    await says("fang", { babyBirthday: "2025-08-20" });
    await says("wei", { name: "陈伟" });
    const [fang, wei] = [await personOf("fang"), await personOf("wei")];
    const child = fang.children[0]?.id;
    const before = await inStages("6-12");
    const shared = `${path}/families/${fang.id}/children/${child}/carers/${wei.id}`;
    expect((await app.call("PUT", shared, { role: "father" })).status).toBe(204);
    expect((await personOf("wei")).children).toMatchObject([{ id: child, stage: "6-12" }]);
    expect(await familyOf(wei.id)).toMatchObject({
      id: wei.id,
      carers: [{ person: wei.id }],
      children: [{ id: child, holder: fang.id, sharedWith: [wei.id], others: [{ person: fang.id }] }],
    });
    expect((await familyOf(fang.id)).children).toMatchObject([
      { others: [{ person: wei.id, name: "陈**", role: "father" }] },
    ]);
    expect(await inStages("6-12")).toBe(before);
    expect((await app.call("DELETE", shared)).status).toBe(204);
    expect((await personOf("wei")).children).toEqual([]);
    expect((await app.call("DELETE", shared)).status).toBe(409);
  });

  test("a ninth carer is refused, and whoever belongs elsewhere", async () => {
    await says("many", {});
    const many = (await personOf("many")).id;
    const join = (person: string, into = many) =>
      app.call<{ code: string }>("PUT", `${path}/families/${into}/carers/${person}`, {});
    for (let i = 0; i < 8; i++) await says(`m${i}`, {});
    const others = await Promise.all(Array.from({ length: 8 }, async (_, i) => (await personOf(`m${i}`)).id));
    for (const other of others.slice(0, 7)) expect((await join(other)).status).toBe(200);
    expect((await join(others[7] as string)).body.code).toBe("families/too-many-carers");
    expect((await join(others[0] as string, others[7])).body.code).toBe("families/elsewhere");
    // The first one leaves; the others stay together.
    expect((await app.call("DELETE", `${path}/families/${many}/carers/${many}?reason=moved`)).status).toBe(
      200,
    );
    expect((await familyOf(others[3] as string)).carers).toHaveLength(7);
    expect((await familyOf(many)).carers).toHaveLength(1);
  });
});

describe("children by staff", () => {
  test("twins, a second child, one born early, one adopted", async () => {
    await says("mei", { babyBirthday: "2026-01-10" });
    const { id } = await personOf("mei");
    const add = (child: object) =>
      app.call<{ id: string; code: string }>("POST", `${path}/families/${id}/children`, child);
    expect((await add({ bornOn: "2026-01-10" })).body.code).toBe("families/child-known");
    expect((await add({ bornOn: "2026-01-10", twin: true, gender: "male" })).status).toBe(201);
    expect((await add({ dueOn: "2027-01-15" })).status).toBe(201);
    expect((await add({ bornOn: "2024-05-05", adoptedOn: "2025-05-05" })).status).toBe(201);
    const early = await add({ bornOn: "2025-06-01", gestation: { weeks: 30, days: 0 } });
    expect((await add({ bornOn: "2027-01-01" })).body.code).toBe("families/impossible-date");
    expect((await add({ bornOn: "2024-05-05", adoptedOn: "2024-05-01" })).status).toBe(422);
    // Said again by the shop, the twins are still two.
    await says("mei", { babyBirthday: "2026-01-10" });
    const { children } = await familyOf(id);
    expect(children.map(({ bornOn, dueOn, stage }) => [bornOn ?? dueOn, stage])).toEqual([
      ["2027-01-15", "pregnancy-1"],
      ["2026-01-10", "3-6"],
      ["2026-01-10", "3-6"],
      ["2025-06-01", "6-12"],
      ["2024-05-05", "24-36"],
    ]);
    expect(children[0]?.pregnancy).toEqual({ weeks: 7, days: 3 });
    expect(children.find((child) => child.id === early.body.id)).toMatchObject({
      ageMonths: 12,
      correctedMonths: 9,
      gestation: { weeks: 30, days: 0 },
    });
    expect(
      (await familyOf(id, "?on=2025-05-04")).children.find(({ bornOn }) => bornOn === "2024-05-05")?.stage,
    ).toBeNull();
  });

  test("a shop may say that a child was born early, or adopted", async () => {
    await says("zao", { children: [{ id: "c1", birthday: "2026-01-10", gestationWeeks: "32+4" }] });
    await says("yang", {
      children: [{ birthday: "2024-03-05", adoptedOn: "2026-05-20", gestationWeeks: "soon" }],
    });
    expect((await personOf("zao")).children).toMatchObject([
      { gestation: { weeks: 32, days: 4 }, ageMonths: 4, correctedMonths: 2, stage: "1-3" },
    ]);
    expect((await personOf("yang")).children).toMatchObject([{ adoptedOn: "2026-05-20", stage: "24-36" }]);
    expect((await personOf("yang")).children[0]?.gestation).toBeUndefined();
    expect(await inStages("1-3")).toBe(1);
  });

  test("what staff put right or take away stays so when the shop repeats itself; the history says who said what", async () => {
    await says("ying", { babyBirthday: "2025-12-05" });
    const { id, children } = await personOf("ying");
    const child = `${path}/families/${id}/children/${children[0]?.id}`;
    expect((await app.call("PATCH", child, { bornOn: "2025-12-15" })).status).toBe(204);
    await says("ying", { babyBirthday: "2025-12-05", city: "杭州" });
    expect((await personOf("ying")).children).toMatchObject([{ bornOn: "2025-12-15" }]);
    const { body: history } = await app.call<{ items: object[] }>("GET", `${child}/history`);
    expect(history.items).toMatchObject([
      { bornOn: "2025-12-15", by: expect.stringMatching(/^key:/), replacedAt: null },
      { bornOn: "2025-12-05", by: expect.stringMatching(/^source:/) },
    ]);
    expect((await app.call("DELETE", child)).status).toBe(400);
    expect((await app.call("DELETE", `${child}?reason=wrong`)).status).toBe(204);
    await says("ying", { babyBirthday: "2025-12-15" });
    await says("ying", { babyBirthday: "2025-12-05" });
    expect((await personOf("ying")).children).toEqual([]);
    expect((await app.call("POST", `${child}/restore`)).status).toBe(204);
    expect((await personOf("ying")).children).toMatchObject([{ bornOn: "2025-12-15" }]);
  });

  test("a note on allergy is refused without a guardian's consent to health data, and goes when it is withdrawn", async () => {
    await says("note", { babyBirthday: "2025-11-11" });
    const { id, children } = await personOf("note");
    const notes = `${path}/families/${id}/children/${children[0]?.id}/notes`;
    const put = () => app.call<{ code: string }>("PUT", `${notes}/allergy`, { text: "牛奶蛋白" });
    expect((await put()).body?.code).toBe("families/note-needs-consent");
    const consent = (state: string) =>
      app.call("POST", `${path}/persons/${id}/consents`, { purpose: "health", state });
    expect((await consent("granted")).status).toBe(200);
    expect((await put()).status).toBe(204);
    const reveal = async () =>
      (await app.call<{ items: unknown[]; needs: unknown }>("POST", `${notes}/reveal`)).body;
    expect(await reveal()).toMatchObject({ items: [{ kind: "allergy", text: "牛奶蛋白" }], needs: null });
    app.clock.advance(1000);
    expect((await familyOf(id)).children).toMatchObject([{ notes: { allowed: true, kept: 1 } }]);
    await consent("withdrawn");
    expect(await reveal()).toMatchObject({ items: [], needs: expect.anything() });
    app.clock.advance(1000);
    await consent("granted");
    expect(await reveal()).toMatchObject({ items: [], needs: null });
  });
});

describe("the stage calendar", () => {
  test("shows what comes for a child, and follows what the workspace changes", async () => {
    await says("cal", { children: [{ id: "c1", birthday: "2025-12-20", gender: "girl" }] });
    const { id } = await personOf("cal");
    const coming = async () =>
      (await app.call<FamilyCalendar>("GET", `${path}/families/${id}/calendar?days=60`)).body.items.map(
        ({ entry, on, state }) => `${entry.id} ${on} ${state}`,
      );
    expect(await coming()).toEqual(
      expect.arrayContaining([
        "formula-1 2025-12-20 now",
        "vaccine-dtap-3 2026-06-20 coming",
        "food-first 2026-06-20 coming",
      ]),
    );
    const { body: calendar } = await app.call<StageCalendar>("GET", `${path}/stage-calendar`);
    const food = calendar.items.find((one) => one.id === "food-first");
    const { origin: _o, by: _b, at: _a, standard: _s, ...entry } = food as NonNullable<typeof food>;
    const own = {
      ...entry,
      id: "bath",
      kind: "own",
      name: { zh: "学游泳", en: "Swimming" },
      from: { unit: "day", at: 170 },
      until: null,
    };
    const wanted = {
      version: calendar.version,
      removed: ["vaccine-dtap-3"],
      changed: [{ ...entry, from: { unit: "day", at: 180 } }, own],
    };
    const saved = await app.call<StageCalendar>("PUT", `${path}/stage-calendar`, wanted);
    expect(saved.body).toMatchObject({ version: 1 });
    expect(
      saved.body.items.filter(({ origin }) => origin !== "standard").map(({ id, origin }) => [id, origin]),
    ).toEqual([
      ["vaccine-dtap-3", "removed"],
      ["food-first", "changed"],
      ["bath", "own"],
    ]);
    const now = await coming();
    expect(now).toEqual(expect.arrayContaining(["food-first 2026-06-18 coming", "bath 2026-06-08 coming"]));
    expect(now.some((one) => one.startsWith("vaccine-dtap-3"))).toBe(false);
    const again = await app.call<{ code: string }>("PUT", `${path}/stage-calendar`, wanted);
    expect(again.body.code).toBe("families/calendar-changed");
    const bad = {
      ...wanted,
      version: 1,
      changed: [{ ...own, until: { unit: "day", at: 3 } }],
      removed: ["nothing"],
    };
    expect(
      (await app.call<{ errors: object[] }>("PUT", `${path}/stage-calendar`, bad)).body.errors,
    ).toHaveLength(2);
    const restored = await app.call<StageCalendar>("PUT", `${path}/stage-calendar`, {
      version: 1,
      changed: [],
      removed: [],
    });
    expect(restored.body.items.every(({ origin }) => origin === "standard")).toBe(true);
  });
});

describe("entering a stage", () => {
  const entered = async () =>
    (
      await app.engines.clickhouse.query<{ at: string; stage: string; child: string }>(ch`
        select toString(at) as at, JSONExtractString(properties, 'stage') as stage,
          JSONExtractString(properties, 'child') as child
        from event_once where name = 'Stage Entered' and workspace > ${u32(0)} order by at, child`)
    ).map(({ at, stage, child }) => `${child} ${stage} ${at.slice(0, 16)}`);

  test("is an event at local midnight, once, also after days of standing still; a moved due date moves it", async () => {
    app.clock.set(now);
    await says("su", { babyBirthday: "2026-03-02", dueDate: undefined });
    await says("yun", { dueDate: "2026-08-27" });
    await says("gone", { babyBirthday: "2026-03-03" });
    await look();
    expect(await entered()).toEqual([]);
    const su = (await personOf("su")).children[0]?.id;
    const yun = (await personOf("yun")).children[0]?.id;
    const gone = await personOf("gone");
    await app.call("DELETE", `${path}/families/${gone.id}/children/${gone.children[0]?.id}?reason=wrong`);

    app.clock.set("2026-06-01T15:59:59.000Z");
    await look();
    expect(await entered()).toEqual([]);
    app.clock.set("2026-06-01T16:00:05.000Z");
    await Promise.all([look(), look()]);
    expect(await entered()).toEqual([`${su} 3-6 2026-06-01 16:00`]);

    // Her third trimester would begin on 4 June; the hospital puts the date off by five days.
    await says("yun", { dueDate: "2026-09-01" });
    app.clock.set("2026-06-05T02:00:00.000Z");
    await look();
    const mine = async () => (await entered()).filter((one) => [su, yun].includes(one.split(" ")[0]));
    expect(await mine()).toEqual([`${su} 3-6 2026-06-01 16:00`]);
    // Nobody looks for six days; then what began is told with its own time.
    app.clock.set("2026-06-14T02:00:00.000Z");
    await look();
    await look();
    expect(await mine()).toEqual([`${su} 3-6 2026-06-01 16:00`, `${yun} pregnancy-3 2026-06-08 16:00`]);
    // A birth three days ago, reported today.
    app.clock.set("2026-08-23T02:00:00.000Z");
    await says("yun", { babyBirthday: "2026-08-20" });
    await look();
    expect((await mine()).at(-1)).toBe(`${yun} 0-1 2026-08-19 16:00`);
    const where = {
      kind: "did",
      event: "Stage Entered",
      where: [{ property: "stage", op: "=", value: "0-1" }],
      withinDays: 7,
    };
    const { body } = await app.call<{ persons: number }>("POST", `${path}/segments/count`, { where });
    expect(body.persons).toBe(1);
  });
});
