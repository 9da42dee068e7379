import type { Import, ImportPreview } from "@stork/contract/imports.ts";
import type { Overview } from "@stork/contract/outcomes.ts";
import type { Person, TimelineEntry } from "@stork/contract/people.ts";
import type { CountAnswer, MembersPage, Segment, Vocabulary } from "@stork/contract/segments.ts";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import {
  bytes,
  cells,
  childrenFile,
  common,
  dashed,
  dateInShanghai,
  gbkFile,
  hasAli,
  laterBy,
  padded,
  readAli,
  type Trade,
  tradesFile,
} from "../ali-files.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/**
 * The real Taobao files through the whole app, and every answer against a count made here from the files' text by
 * nothing but split and compare. No code of ours may help to find the number that ours must give.
 */
describe.skipIf(!hasAli)("the real Taobao files", () => {
  let app: WholeApp;
  let path: string;
  let first: Import;
  let trades: Trade[] = [];
  let babies: { user: string; born: string }[] = [];

  beforeAll(async () => {
    ({ trades, babies } = readAli());
    app = await wholeApp({ now: "2015-12-01T04:00:00Z" });
    ({ path } = await app.brand("ali"));
    first = await importFiles(childrenFile, tradesFile);
  });
  afterAll(() => app?.close());

  async function importFiles(...names: string[]): Promise<Import> {
    const form = new FormData();
    for (const name of names) form.append("files", new Blob([new Uint8Array(bytes(name))]), name);
    form.append("preset", "ali-mum-baby");
    const headers = { authorization: `Bearer ${app.ownerKey}` };
    const response = await fetch(`${app.url}${path}/imports/preview`, {
      method: "POST",
      headers,
      body: form,
    });
    const { upload } = (await response.json()) as ImportPreview;
    const { body } = await app.call<Import>("POST", `${path}/imports`, { upload, preset: "ali-mum-baby" });
    await app.runJobs();
    return (await app.call<Import>("GET", `${path}/imports/${body.id}`)).body;
  }
  const count = async (where: object): Promise<number> => {
    const { status, body } = await app.call<CountAnswer>("POST", `${path}/segments/count`, { where });
    expect(status, JSON.stringify(body)).toBe(200);
    return body.persons;
  };
  const get = async <Body>(way: string): Promise<Body> => (await app.call<Body>("GET", path + way)).body;
  const bought = (more: object = {}) => ({ kind: "did", event: "Order Completed", ...more });
  const having = (property: string, op: string, value: unknown) =>
    bought({ where: [{ property, op, value }] });
  const buyersOf = (holds: (trade: Trade) => boolean) =>
    new Set(trades.filter(holds).map(({ user }) => user));
  /** Each buyer's trades, for totals. */
  const byBuyer = () => Map.groupBy(trades, ({ user }) => user);

  const usable = () => babies.filter(({ born }) => born > "1990");
  const withBaby = (holds: (born: string) => boolean) =>
    new Set(
      usable()
        .filter(({ born }) => holds(born))
        .map(({ user }) => user),
    ).size;

  test("are 29 971 trades of 29 944 buyers and 560 children", () => {
    expect([trades.length, new Set(trades.map(({ user }) => user)).size, babies.length]).toEqual([
      29_971, 29_944, 560,
    ]);
    expect(first).toMatchObject({
      status: "done",
      added: 30_531,
      refused: 0,
      totals: { trades: 29_971, buyers: 29_944, children: 560 },
    });
    const marks = Object.fromEntries(first.marks.map(({ code, rows }) => [code, rows]));
    expect(marks["quantity-high"]).toBe(trades.filter(({ pieces }) => pieces >= 1000).length);
    expect(marks["date-impossible"]).toBe(babies.length - usable().length);
    const born = new Map(babies.map((baby) => [baby.user, baby.born]));
    const ages = trades.flatMap(({ user, day }) => {
      const birth = born.get(user);
      return birth === undefined ? [] : [(Date.parse(dashed(day)) - Date.parse(birth)) / 86_400_000];
    });
    const impossible = ages.filter((days) => days < -280 || days > 12 * 365.25).length;
    expect(marks["age-impossible"]).toBe(impossible);
  });

  test("4 834 trades by 4 833 buyers in category 50014815, wherever one looks", async () => {
    expect(await count(having("category", "=", "50014815"))).toBe(4833);
    expect(trades.filter(({ root }) => root === "50014815")).toHaveLength(4834);
    const overview = await get<Overview>("/overview?from=2012-07-01&to=2015-02-28");
    expect(overview.categories).toContainEqual({ category: "50014815", gmvFen: 0, orders: 4834 });
    const vocabulary = await get<Vocabulary>("/segments/vocabulary");
    expect(vocabulary.events.find(({ name }) => name === "Order Completed")?.count).toBe(29_971);
    // The one who bought twice shows both on her page.
    const twice = [...byBuyer()].filter(
      ([, mine]) => mine.filter(({ root }) => root === "50014815").length === 2,
    );
    expect(twice).toHaveLength(1);
    const [user, mine] = twice[0] as [string, Trade[]];
    const person = await get<Person>(`/persons?identifier=taobao:${user}`);
    const timeline = await get<{ items: TimelineEntry[] }>(`/persons/${person.id}/timeline`);
    const seen = timeline.items.filter(({ name }) => name === "Order Completed");
    expect(seen).toHaveLength(mine.length);
    expect(seen.map(({ at }) => dateInShanghai(at)).sort()).toEqual(
      mine.map(({ day }) => dashed(day)).sort(),
    );
  });

  test("every root category has the buyers that the file has, and so has every way to combine them", async () => {
    const roots = [...new Set(trades.map(({ root }) => root))];
    expect(roots.length).toBeGreaterThanOrEqual(6);
    for (const root of roots)
      expect([root, await count(having("category", "=", root))]).toEqual([
        root,
        buyersOf((one) => one.root === root).size,
      ]);
    const [a = "", b = ""] = ["50008168", "28"];
    const [bought1, bought2] = [buyersOf(({ root }) => root === a), buyersOf(({ root }) => root === b)];
    const both = [having("category", "=", a), having("category", "=", b)];
    const either = new Set([...bought1, ...bought2]);
    const everybody = new Set([...trades, ...babies].map(({ user }) => user));
    expect(await count({ kind: "all", of: both })).toBe(common(bought1, bought2));
    expect(await count({ kind: "any", of: both })).toBe(either.size);
    expect(await count({ kind: "not", of: { kind: "any", of: both } })).toBe(everybody.size - either.size);
    expect(await count({ kind: "all", of: [] })).toBe(everybody.size);
    expect(await count(having("category", "in", [a, b]))).toBe(either.size);
    const leaves = new Set(["50014866", "50011993"]);
    expect(await count(having("category_2", "in", [...leaves]))).toBe(
      buyersOf(({ leaf }) => leaves.has(leaf)).size,
    );
  });

  test("quantities, how often, how much and how long ago agree with the file", async () => {
    expect(await count(having("quantity", ">", 1))).toBe(buyersOf(({ pieces }) => pieces > 1).size);
    // Ten thousand pieces are kept and were bought; they only do not enter totals.
    expect(await count(having("quantity", ">=", 1000))).toBe(buyersOf(({ pieces }) => pieces >= 1000).size);
    const often = [...byBuyer().values()];
    expect(await count(bought({ count: { op: ">=", value: 2 } }))).toBe(
      often.filter((mine) => mine.length >= 2).length,
    );
    const total = (mine: Trade[]) => mine.reduce((sum, { pieces }) => sum + (pieces < 1000 ? pieces : 0), 0);
    for (const value of [3, 10, 100, 900])
      expect([value, await count(bought({ sum: { property: "quantity", op: ">=", value } }))]).toEqual([
        value,
        often.filter((mine) => total(mine) >= value).length,
      ]);
    for (const [now, withinDays] of [
      ["2015-03-01T04:00:00Z", 60],
      ["2014-11-12T04:00:00Z", 1],
      ["2013-06-19T04:00:00Z", 365],
    ] as const) {
      app.clock.set(now);
      const until = Date.parse(now);
      const within = buyersOf(({ day }) => {
        const at = Date.parse(`${dashed(day)}T00:00:00+08:00`);
        return at > until - withinDays * 86_400_000 && at <= until;
      });
      expect([now, await count(bought({ withinDays }))]).toEqual([now, within.size]);
    }
  });

  test("ages and stages agree on any date", async () => {
    for (const on of ["2013-03-15", "2014-02-28", "2015-03-01"]) {
      app.clock.set(`${on}T04:00:00Z`);
      for (const [fromDays, toDays] of [
        [-280, -1],
        [0, 30],
        [150, 180],
        [365, 730],
        [-400, 10_000],
      ] as const) {
        const expected = withBaby((born) => {
          const age = Math.round((Date.parse(on) - Date.parse(born)) / 86_400_000);
          return age >= fromDays && age <= toDays;
        });
        expect([on, fromDays, await count({ kind: "childAge", fromDays, toDays })]).toEqual([
          on,
          fromDays,
          expected,
        ]);
      }
      const months = {
        "0-1": [0, 1],
        "1-3": [1, 3],
        "3-6": [3, 6],
        "6-12": [6, 12],
        "12-24": [12, 24],
        "24-36": [24, 36],
        "36-72": [36, 72],
      };
      for (const [stage, [from = 0, to = 0]] of Object.entries(months)) {
        const expected = withBaby((born) => laterBy(born, from) <= on && on < laterBy(born, to));
        expect([on, stage, await count({ kind: "stage", in: [stage] })]).toEqual([on, stage, expected]);
      }
    }
    const on = "2014-02-28";
    app.clock.set(`${on}T04:00:00Z`);
    const toddlers = new Set(
      usable()
        .filter(({ born }) => laterBy(born, 12) <= on && on < laterBy(born, 24))
        .map(({ user }) => user),
    );
    const where = { kind: "all", of: [{ kind: "stage", in: ["12-24"] }, having("category", "=", "28")] };
    expect(await count(where)).toBe(
      common(
        toddlers,
        buyersOf(({ root }) => root === "28"),
      ),
    );
  });

  test("the overview of a year agrees with the file, day by day", async () => {
    app.clock.set("2015-03-01T04:00:00Z");
    const year = trades.filter(({ day }) => day >= "20140101" && day <= "20141231");
    const overview = await get<Overview>(
      "/overview?from=2014-01-01&to=2014-12-31&compareFrom=2013-01-01&compareTo=2013-12-31",
    );
    const buyers = new Set(year.map(({ user }) => user));
    const ever = Map.groupBy(
      trades.filter(({ day }) => day <= "20141231"),
      ({ user }) => user,
    );
    const repeaters = [...buyers].filter((user) => (ever.get(user)?.length ?? 0) >= 2).length;
    expect(overview.now).toMatchObject({
      orders: year.length,
      buyers: buyers.size,
      repeatRate: repeaters / buyers.size,
    });
    expect(overview.before?.orders).toBe(trades.filter(({ day }) => day.startsWith("2013")).length);
    for (const { on, orders } of overview.daily)
      expect([on, orders]).toEqual([on, year.filter(({ day }) => dashed(day) === on).length]);
  });

  test("a saved segment holds exactly the users of the file", async () => {
    const made = await app.call<Segment>("POST", `${path}/segments`, {
      name: "孕产用品两件以上",
      where: bought({
        where: [
          { property: "category", op: "=", value: "50008168" },
          { property: "quantity", op: ">", value: 20 },
        ],
      }),
    });
    const expected = buyersOf(({ root, pieces }) => root === "50008168" && pieces > 20);
    expect(made.body.persons).toBe(expected.size);
    const members: string[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page: z.infer<typeof MembersPage> = await get(
        `/segments/${made.body.id}/members?limit=50${after && `&after=${after}`}`,
      );
      members.push(...page.items.map(({ person }) => person));
      after = page.next;
    }
    const persons = await Promise.all(
      [...expected].map(async (user) => (await get<Person>(`/persons?identifier=taobao:${user}`)).id),
    );
    expect(members.sort()).toEqual(persons.sort());
  });

  test("the same files again, and the copy in GBK, add nothing; the copy leaves one question", async () => {
    const again = await importFiles(childrenFile, tradesFile);
    expect(again).toMatchObject({ status: "done", added: 0, repeated: 30_531, refused: 0 });
    const copy = cells(iconv.decode(bytes(gbkFile), "gb18030"));
    const same = new Set(babies.map(({ user, born }) => `${user} ${born}`));
    expect(copy.every(([user, day = ""]) => same.has(`${user} ${padded(day)}`))).toBe(true);
    const gbk = await importFiles(gbkFile);
    expect(gbk).toMatchObject({
      status: "needs-decision",
      added: 0,
      repeated: 560,
      totals: { children: 560 },
    });
    expect(gbk.decisions).toHaveLength(1);
    expect(await count(bought())).toBe(29_944);
    expect(await count(having("category", "=", "50014815"))).toBe(4833);
    expect(await count({ kind: "childAge", fromDays: -400, toDays: 10_000 })).toBe(withBaby(() => true));
  });
});
