import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findReturned } from "../../src/rights/ledger.client.ts";
import { leftIn, rowsAbout } from "../left-over.ts";
import { type QuietHouse, quietHouse } from "../quiet-house.ts";
import { leaksIn, mother } from "../two-mothers.ts";

interface Page {
  id: string;
  state: string;
  person: string | null;
  hold: string | null;
  steps: { step: string; detail: { foundAfter?: number; receipts?: object[] } }[];
  places: { place: string; erased: number; foundAfter: number }[];
}

const third = { phone: "13500007777", email: "third.mother@mail.test" };
const fourth = { phone: "13500008888" };

let house: QuietHouse;
let second: { path: string; writeKey: string };
beforeAll(async () => {
  house = await quietHouse();
  const { app, writeKey } = house;
  second = await app.brand("second");
  await app.collect(second.writeKey, [identify("s-1", { phone: mother.phone })]);
  const children = [{ birthday: "2025-11-11", name: "小橘子" }, { birthday: "2023-01-15" }];
  await app.collect(writeKey, [identify("h-3", third), identify("h-4", { ...fourth, children })]);
  // Tables that somebody adds later: one that names nodes as tables do, one that hides her in a text.
  await sql`create table later_table (workspace_id integer, node bigint, remark text)`.execute(
    app.engines.db,
  );
  await sql`create table hidden_text (workspace_id integer, remark text)`.execute(app.engines.db);
});
afterAll(() => house.close());

const identify = (messageId: string, traits: object) => ({
  ...{ type: "identify", messageId, userId: `u-${messageId}`, traits },
});

const ask = async <Body = Page>(method: string, way: string, body?: unknown, status = 200): Promise<Body> => {
  const reply = await house.app.call<Body>(method, house.path + way, body);
  expect([way, reply.status, reply.status === status ? "" : reply.body]).toEqual([way, status, ""]);
  return reply.body;
};
const herself = Object.values(mother);
const leaksOfHer = (text: string) => leaksIn(text).filter((leak) => herself.includes(leak));
const page = (id: string) => ask("GET", `/rights/requests/${id}`);

async function askToForget(phone: string, more: object = {}): Promise<string> {
  const body = { kind: "delete", identifier: `phone:${phone}`, verified: "account", ...more };
  const { id } = await ask("POST", "/rights/requests", body);
  await ask("POST", `/rights/requests/${id}/carry-out`, {});
  return id;
}

/** A member file of the shop's, as people typed it; answers its import. */
async function importMembers(...rows: readonly string[]): Promise<string> {
  const { app, path } = house;
  const form = new FormData();
  form.append(
    "files",
    new Blob([["会员卡号,姓名,手机号,宝宝生日,入会时间", ...rows].join("\n")]),
    "members.csv",
  );
  form.append("preset", "crm-members");
  const headers = { authorization: `Bearer ${app.ownerKey}` };
  const seen = await fetch(`${app.url}${path}/imports/preview`, { method: "POST", headers, body: form });
  const { upload } = (await seen.json()) as { upload: string };
  const { id } = await ask<{ id: string }>("POST", "/imports", { upload, preset: "crm-members" }, 202);
  await app.runJobs();
  expect(await ask<object>("GET", `/imports/${id}`)).toMatchObject({ status: "done", refused: 0 });
  return id;
}
const originalOf = async (id: string): Promise<string[]> =>
  String((await house.app.call<string>("GET", `${house.path}/imports/${id}/files/0`)).body).split("\n");

async function untilLookedTwice(): Promise<void> {
  await house.app.runJobs();
  house.app.clock.advance(6 * 60_000);
  await house.app.runJobs();
}

const known = async (phone: string, at = house.path) =>
  (await house.app.call("GET", `${at}/persons?identifier=phone:${phone}`)).status === 200;

describe("a mother's rights", () => {
  test("a request is answered once she is proven to be she, and leaves a chain of steps", async () => {
    const body = { kind: "copy", identifier: `phone:${mother.phone}`, note: "请给我一份" };
    const { id } = await ask("POST", "/rights/requests", body);
    await ask("POST", `/rights/requests/${id}/carry-out`, {}, 409);
    await ask("POST", `/rights/requests/${id}/verify`, { how: "code" });
    await ask("POST", `/rights/requests/${id}/carry-out`, {}, 409);
    const { url } = await ask<{ url: string }>("POST", `/rights/requests/${id}/link`);
    const take = () => fetch(url, { method: "POST" });
    const copy = Buffer.from(await (await take()).arrayBuffer());
    expect(copy.subarray(0, 2).toString()).toBe("PK");
    expect((await take()).status).toBe(410);
    const done = await ask("POST", `/rights/requests/${id}/carry-out`, {});
    expect(done.steps.map(({ step }) => step)).toEqual([
      ...["opened", "verified", "link-made", "copy-handed", "carried-out"],
    ]);
  });

  test("what is wrong is put right, what stood there is kept, events stay; she is told why she was chosen", async () => {
    const of = { identifier: `phone:${mother.phone}`, verified: "order" };
    const { id } = await ask("POST", "/rights/requests", { kind: "correct", ...of });
    const correction = { traits: { city: "绍兴市" } };
    expect((await ask("POST", `/rights/requests/${id}/carry-out`, { correction })).state).toBe("done");
    const found = await ask<{ traits: object }>("GET", `/persons/${house.ids["person"]}`);
    expect(found.traits).toMatchObject({ city: "绍兴市" });
    const why = await ask("POST", "/rights/requests", { kind: "explain", ...of });
    const told = await ask<{ segments: object[]; campaigns: object[] }>(
      "GET",
      `/rights/requests/${why.id}/explanation`,
    );
    expect(told.segments).toMatchObject([{ name: "三到六个月", condition: { zh: expect.any(String) } }]);
    expect(told.campaigns).toMatchObject([{ name: "问候", arm: "treated" }]);
  });

  test("one child is forgotten: gone from both engines, and a system that states it again is not believed", async () => {
    const { app, writeKey } = house;
    const person = await ask<{ id: string; children: { id: string; bornOn: string }[] }>(
      "GET",
      `/persons?identifier=phone:${fourth.phone}`,
    );
    const child = person.children.find(({ bornOn }) => bornOn === "2025-11-11")?.id ?? "";
    // Her husband's account states it, too, and the night looks for households.
    const father = { phone: "13500009999", children: [{ birthday: "2025-11-11", name: "小橘子" }] };
    await app.collect(writeKey, [identify("h-6", father)]);
    const his = await ask<{ id: string }>("GET", `/persons?identifier=phone:${father.phone}`);
    await ask("PUT", `/families/${person.id}/carers/${his.id}`, { role: "father" });
    await app.runTask("suggest-households");
    const members = await importMembers(
      "M8,她,135-0000-8888,2025/11/11,2024-01-02",
      "M8,她,13500008888,2023/1/15,2024-01-02",
      "M9,别人,13500006666,2025/11/12,2024-01-02",
    );
    expect(await leftIn(house.app.engines, ["2025-11-11"])).not.toEqual([]);
    expect((await rowsAbout(house.app.engines, child)).length).toBeGreaterThan(1);
    const id = await askToForget(fourth.phone, { child });
    await untilLookedTwice();
    expect(await page(id)).toMatchObject({ state: "done", person: person.id, oneChild: true });
    const [row] = await app.engines.clickhouse.query<{ n: number }>({
      text: `select count() as n from child where child = ${Number(child)}`,
      params: {},
    });
    expect(Number(row?.n)).toBe(0);
    expect(await leftIn(house.app.engines, ["2025-11-11", "小橘子"])).toEqual([]);
    expect(await rowsAbout(house.app.engines, child)).toEqual([]);
    expect((await originalOf(members)).slice(1)).toEqual([
      "[erased]",
      "M8,她,13500008888,2023/1/15,2024-01-02",
      "M9,别人,13500006666,2025/11/12,2024-01-02",
    ]);
    const log = house.logged.join("\n");
    expect([log.includes("2025-11-11"), log.includes("小橘子")]).toEqual([false, false]);
    await app.collect(writeKey, [
      identify("h-5", { ...fourth, children: [{ birthday: "2025-11-11", name: "小橘子" }] }),
    ]);
    expect(await leftIn(house.app.engines, ["2025-11-11", "小橘子"])).toEqual([]);
    const after = await ask<{ children: { bornOn: string }[] }>("GET", `/persons/${person.id}`);
    expect(after.children.map(({ bornOn }) => bornOn)).toEqual(["2023-01-15"]);
  });

  test("while a legal hold stands nothing is deleted and nothing is done with her; it goes on when it is over", async () => {
    const hold = await ask<{ id: string }>("POST", "/storage/holds", { reason: "案件 7" }, 201);
    const id = await askToForget(fourth.phone);
    await house.app.runJobs();
    expect(await page(id)).toMatchObject({ state: "held", hold: "案件 7" });
    expect(await known(fourth.phone)).toBe(true);
    await ask("POST", `/storage/holds/${hold.id}/release`);
    house.app.clock.advance(7 * 3_600_000);
    await untilLookedTwice();
    expect(await page(id)).toMatchObject({ state: "done", person: null });
    expect(await known(fourth.phone)).toBe(false);
  });
});

describe("forgotten", () => {
  let hers: string;

  test("two at once: nothing of them is left in any table, file or log, and the proof says where it was", async () => {
    const { db } = house.app.engines;
    const node = Number(house.ids["person"]);
    await sql`insert into later_table select id, ${node}, 'x' from workspace where slug = 'quiet'`.execute(
      db,
    );
    const members = await importMembers(
      "M1,她,139 1234 5670,,2024-01-02",
      "M2,她,１３９１２３４５６７０,,2024-01-02",
      "M3,别人,13912345671,,2024-01-02",
      // Her phone behind stars, beside her name: a row of somebody's that is about her all the same.
      `M4,${mother.name},139****5670,,2024-01-02`,
      `M5,${mother.name},13912345672,,2024-01-02`,
    );
    hers = await askToForget(mother.phone);
    const theirs = await askToForget(third.phone);
    await untilLookedTwice();
    const done = await page(hers);
    expect(done.places.filter(({ foundAfter }) => foundAfter > 0)).toEqual([]);
    expect(done).toMatchObject({ state: "done", person: null });
    expect(await page(theirs)).toMatchObject({ state: "done", person: null });
    expect((await originalOf(members)).slice(1)).toEqual([
      ...["[erased]", "[erased]", "M3,别人,13912345671,,2024-01-02", "[erased]"],
      // Another woman of the same name.
      `M5,${mother.name},13912345672,,2024-01-02`,
    ]);
    const held = done.places.filter(({ erased }) => erased > 0).map(({ place }) => place);
    expect(held).toEqual(
      expect.arrayContaining([
        ...[
          "postgres: node",
          "postgres: edge",
          "postgres: vault_trait",
          "postgres: consent",
          "postgres: child",
        ],
        ...["postgres: message", "postgres: quarantine (sealed)", "postgres: later_table", "files: raw"],
        ...["clickhouse: event", "clickhouse: node", "clickhouse: person_of", "clickhouse: trait"],
        ...["clickhouse: child", "clickhouse: membership", "clickhouse: record_version"],
      ]),
    );
    const begun = done.steps.find(({ step }) => step === "erasing");
    expect(begun?.detail.receipts).toMatchObject([{ purpose: "marketing", state: "granted" }]);
  });

  test("looked for from outside, she is in no row of either engine, no line of the log, no file", async () => {
    const { engines } = house.app;
    expect(await leftIn(house.app.engines, herself)).toEqual([]);
    expect(leaksOfHer(house.logged.join("\n"))).toEqual([]);
    for (const entry of readdirSync(engines.dir, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) expect([path, leaksOfHer(readFileSync(path, "latin1"))]).toEqual([path, []]);
    }
    const raw = await house.app.call<string>("GET", `${house.path}/imports/${house.ids["import"]}/files/0`);
    expect(leaksOfHer(String(raw.body))).toEqual([]);
    expect(String(raw.body)).toContain("[erased]");
  });

  test("another brand that knows the same number keeps what is its own", async () => {
    expect(await known(mother.phone, second.path)).toBe(true);
    expect(await known(mother.phone)).toBe(false);
  });

  test("a later event with her phone makes a new person of whom nothing is known, not to be written to", async () => {
    const { app, path, writeKey, ids } = house;
    await app.collect(writeKey, [
      { type: "identify", messageId: "new-1", anonymousId: "visit-9", traits: { phone: mother.phone } },
    ]);
    const { body } = await app.call<object>("GET", `${path}/persons?identifier=phone:${mother.phone}`);
    expect(body).toMatchObject({ id: expect.not.stringMatching(`^${ids["person"]}$`), children: [] });
    expect(body).toMatchObject({ suppressed: true, consents: [] });
  });

  test("when something is left the request is not over, and says where", async () => {
    const { db } = house.app.engines;
    await sql`
      insert into hidden_text select id, ${`打给 ${mother.phone} 吧`} from workspace where slug = 'quiet'`.execute(
      db,
    );
    const id = await askToForget(mother.phone);
    await untilLookedTwice();
    const left = await page(id);
    expect(left.state).toBe("working");
    expect(left.steps.at(-1)?.step).toBe("left-over");
    expect(left.places.filter(({ foundAfter }) => foundAfter > 0)).toMatchObject([
      { place: "postgres: hidden_text", foundAfter: 1 },
    ]);
    await sql`delete from hidden_text`.execute(db);
    house.app.clock.advance(6 * 60_000);
    await untilLookedTwice();
    expect(await page(id)).toMatchObject({ state: "done" });
  });

  test("a backup from before brings her back, and the ledger beside the database knows her by hash", async () => {
    const { db, dir } = house.app.engines;
    expect(await findReturned(db, dir)).toEqual([]);
    await sql`
      insert into node (id, workspace_id, namespace, value_hash, sealed_value, person, created_at)
      select 900001, workspace_id, namespace, value_hash, ''::bytea, 900001, erased_at - interval '1 day'
      from erased where namespace = 'phone' order by erased_at limit 1`.execute(db);
    await sql`delete from erased`.execute(db);
    expect(await findReturned(db, dir)).toMatchObject([{ person: 900_001 }]);
    await sql`delete from node where id = 900001`.execute(db);
  });

  test("the proof log verifies, takes no change, and a line that was changed all the same shows", async () => {
    const { db } = house.app.engines;
    expect(await ask<object>("GET", "/rights/proof/verified")).toMatchObject({ ok: true, brokenAt: null });
    await expect(sql`update rights_proof set who = 'nobody' where number = 2`.execute(db)).rejects.toThrow();
    await sql`alter table rights_proof disable trigger rights_proof_stays`.execute(db);
    await sql`update rights_proof set who = 'nobody' where number = 2`.execute(db);
    const broken = await ask<object>("GET", "/rights/proof/verified");
    expect(broken).toMatchObject({ ok: false, brokenAt: 2 });
  });
});
