import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { leaksIn, mother, type QuietHouse, quietHouse } from "../quiet-house.ts";

interface Page {
  id: string;
  state: string;
  person: string | null;
  hold: string | null;
  steps: { step: string; detail: { foundAfter?: number; receipts?: object[] } }[];
  places: { place: string; erased: number; foundAfter: number }[];
}

let house: QuietHouse;
let writeKey: string;
beforeAll(async () => {
  house = await quietHouse();
  ({ writeKey } = house);
});
afterAll(() => house.close());

const ask = async <Body = Page>(method: string, way: string, body?: unknown, status = 200): Promise<Body> => {
  const reply = await house.app.call<Body>(method, house.path + way, body);
  expect([way, reply.status, status === 200 ? "" : JSON.stringify(reply.body)]).toEqual([
    way,
    status,
    status === 200 ? "" : expect.any(String),
  ]);
  return reply.body;
};
const herPerson = { identifier: `phone:${mother.phone}` };
const herself = Object.values(mother);
const leaksOfHer = (text: string) => leaksIn(text).filter((leak) => herself.includes(leak));

describe("a mother's rights", () => {
  test("a request has a deadline, is answered once she is proven to be she, and leaves a chain of steps", async () => {
    const opened = await ask("POST", "/rights/requests", { kind: "copy", ...herPerson, note: "请给我一份" });
    await ask("POST", `/rights/requests/${opened.id}/carry-out`, {}, 409);
    await ask("POST", `/rights/requests/${opened.id}/verify`, { how: "code" });
    await ask("POST", `/rights/requests/${opened.id}/carry-out`, {}, 409);
    const { url } = await ask<{ url: string }>("POST", `/rights/requests/${opened.id}/link`);
    const take = () => fetch(url, { method: "POST" });
    const copy = Buffer.from(await (await take()).arrayBuffer());
    expect(copy.subarray(0, 2).toString()).toBe("PK");
    expect((await take()).status).toBe(410);
    const done = await ask("POST", `/rights/requests/${opened.id}/carry-out`, {});
    expect(done.steps.map(({ step }) => step)).toEqual([
      "opened",
      "verified",
      "link-made",
      "copy-handed",
      "carried-out",
    ]);
  });

  test("nothing of her is left in either engine, in files or in the log once she is deleted, and the proof says so", async () => {
    const { app } = house;
    const opened = await ask("POST", "/rights/requests", {
      kind: "delete",
      ...herPerson,
      verified: "account",
    });
    await ask("POST", `/rights/requests/${opened.id}/carry-out`, {});
    await app.runJobs();
    app.clock.advance(6 * 60_000);
    await app.runJobs();
    const done = await ask("GET", `/rights/requests/${opened.id}`);
    expect(done.places.filter(({ foundAfter }) => foundAfter > 0)).toEqual([]);
    expect(done).toMatchObject({ state: "done", person: null });
    const { db, clickhouse } = app.engines;
    const tables = await sql<{ name: string }>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker')`.execute(db);
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.raw(name)} as t`.execute(
        db,
      );
      expect([name, leaksOfHer(rows.map(({ row }) => row).join("\n"))]).toEqual([name, []]);
    }
    const facts = await clickhouse.query<{ name: string }>(
      ch`select name from system.tables where database = currentDatabase() and engine not like '%View' and engine != 'Dictionary'`,
    );
    for (const { name } of facts) {
      const rows = await clickhouse.query<object>({ text: `select * from \`${name}\``, params: {} });
      expect([name, leaksOfHer(JSON.stringify(rows))]).toEqual([name, []]);
    }
    expect(leaksOfHer(house.logged.join("\n"))).toEqual([]);
    for (const entry of readdirSync(app.engines.dir, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile()) expect([path, leaksOfHer(readFileSync(path, "latin1"))]).toEqual([path, []]);
    }
    const raw = await app.call<string>("GET", `${house.path}/imports/${house.ids["import"]}/files/0`);
    expect(leaksOfHer(String(raw.body))).toEqual([]);
  });

  test("a later event with her phone makes a new person of whom nothing else is known", async () => {
    const { app, path } = house;
    await app.collect(writeKey, [
      { type: "identify", messageId: "new-1", anonymousId: "visit-9", traits: { phone: mother.phone } },
    ]);
    const found = await app.call<{ id: string; traits: object; suppressed: boolean; children: object[] }>(
      "GET",
      `${path}/persons?identifier=phone:${mother.phone}`,
    );
    expect(found.status).toBe(200);
    expect(found.body.id).not.toBe(house.ids["person"]);
    expect(found.body.children).toEqual([]);
    expect(found.body.suppressed).toBe(true);
  });

  test("the proof log verifies, and a line that was changed shows", async () => {
    const { app } = house;
    expect(await ask<object>("GET", "/rights/proof/verified")).toMatchObject({ ok: true, brokenAt: null });
    const { db } = app.engines;
    await expect(sql`update rights_proof set who = 'nobody' where number = 2`.execute(db)).rejects.toThrow();
    await sql`alter table rights_proof disable trigger rights_proof_stays`.execute(db);
    await sql`update rights_proof set who = 'nobody' where number = 2`.execute(db);
    expect(await ask<object>("GET", "/rights/proof/verified")).toMatchObject({ ok: false, brokenAt: 2 });
  });
});
