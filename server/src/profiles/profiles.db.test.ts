import { Writable } from "node:stream";
import { type Scope, scopesOf } from "@stork/contract/access.ts";
import type { FamilyPage, Person, RevealedPerson, TimelineEntry } from "@stork/contract/people.ts";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type TestEngines, testEngines, testWorkspace } from "../../test/engines.ts";
import { createSource } from "../events/sources.store.ts";
import type { Identifier } from "../people/identity.ts";
import { openPeople, type People } from "../people/people.store.ts";
import { timestamp } from "../people/timestamp.ts";
import { ch } from "../platform/clickhouse.ts";
import { createHttp } from "../platform/http.ts";
import { findWorkspace, type WorkspaceRef } from "../platform/workspaces.store.ts";
import { stateConsent } from "../privacy/consent.store.ts";
import { familiesRoutes } from "./families.routes.ts";
import { personsRoutes } from "./persons.routes.ts";

let engines: TestEngines;
let people: People;
let http: FastifyInstance;
let workspace: WorkspaceRef;
let logged = "";
let scopes: ReadonlySet<Scope> = new Set(scopesOf.owner);

const phone = "13912345671";
const name = "欧阳小明";
const email = "ouyang.xm@example.cn";
const street = "文一路 88 号";

beforeAll(async () => {
  engines = await testEngines({ now: "2026-06-01T04:00:00Z" });
  const log = pino(
    { level: "trace" },
    new Writable({
      write(chunk, _encoding, done) {
        logged += String(chunk);
        done();
      },
    }),
  );
  people = openPeople({ ...engines, log, keysOf: (id) => engines.workspaceKeys(engines.db, id) });
  await people.prepare();
  const visitor = { who: "user:1", userId: "1", everywhere: null, only: null };
  http = await createHttp({
    log,
    version: "test",
    consoleDir: null,
    access: {
      visitor: async () => visitor,
      enter: async (_visitor, named) => {
        const found = await findWorkspace(engines.db, named);
        if (found === null) return null;
        return {
          workspace: found,
          caller: { who: "user:1", userId: "1", role: "owner", scopes, language: "en" },
        };
      },
      workspacesOf: async () => [],
    },
  });
  const parts = {
    ...engines,
    vault: people.vault,
    segmentsOf: async () => [{ id: "7", name: "新手妈妈", since: "2026-05-01T00:00:00.000Z" }],
  };
  personsRoutes(http, parts);
  familiesRoutes(http, parts);
});
beforeEach(async () => {
  workspace = await testWorkspace(engines);
  scopes = new Set(scopesOf.owner);
});
afterAll(async () => {
  await http.close();
  people.stop();
  await engines.close();
});

async function ask<Answer>(
  path: string,
  { method = "GET", body }: { method?: "GET" | "POST"; body?: object } = {},
) {
  const answer = await http.inject({
    method,
    url: `/api/v1/workspaces/${workspace.slug}${path}`,
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json<Answer & { code?: string; title?: string }>() };
}

const at = new Date("2026-05-01T00:00:00Z");
const ids = (...texts: string[]): Identifier[] =>
  texts.map((text) => ({
    namespace: text.slice(0, text.indexOf("=")),
    value: text.slice(text.indexOf("=") + 1),
  }));
const resolve = async (...groups: string[][]) =>
  (
    await people.identity.resolve(
      workspace.id,
      groups.map((group) => ({
        identifiers: ids(...group),
        source: 1,
        message: "m",
        at,
        rule: "same-message" as const,
      })),
    )
  ).map(([first]) => first as number);

/** A mother as three systems know her. */
async function aFamily(): Promise<number> {
  const [user] = (await resolve(
    [`user=u1`, `phone=${phone}`],
    [`openid:mini=oAbCdEf123`, `phone=${phone}`],
    [`user=u1`, `email=${email}`],
  )) as [number];
  await people.recordStatements(workspace.id, [
    {
      kind: "traits",
      node: user,
      at,
      traits: {
        name,
        vip: true,
        address: { province: "浙江省", city: "杭州市", district: "西湖区", street },
      },
    },
    { kind: "child", node: user, at, bornOn: "2026-02-28", name: "豆豆", statedBy: "source:1" },
    { kind: "child", node: user, at, bornOn: "1884-01-01", statedBy: "source:1" },
    { kind: "consent", node: user, at, purpose: "marketing", state: "granted", saidBy: "source:1" },
  ]);
  await engines.clickhouse.insert(
    "event",
    Array.from({ length: 5 }, (_, i) => ({
      workspace: workspace.id,
      node: user,
      message: i + 1,
      at: timestamp(new Date(Date.UTC(2026, 3, 1 + Math.floor(i / 2)))),
      received: timestamp(at),
      type: "track",
      name: i < 3 ? "Order Completed" : "Product Viewed",
      source: 0,
      import: 0,
      order_id: i < 3 ? `A${i}` : "",
      amount_fen: i < 3 ? 10_000 : 0,
      quantity: i < 3 ? 1 : 0,
      marks: i === 0 ? ["quantity-high"] : [],
      excluded: i === 0 ? 1 : 0,
      properties: JSON.stringify({ step: i }),
    })),
  );
  return user;
}

describe("a person", () => {
  test("is found by any identifier, shown masked, with children, stages, evidence and orders", async () => {
    const user = await aFamily();
    const { status, body } = await ask<Person>(`/persons?identifier=phone:${phone}`);
    expect(status).toBe(200);
    expect(body.id).toBe(String(user));
    expect(body.identifiers.map(({ namespace, value }) => `${namespace}=${value}`)).toEqual([
      "user=****",
      "openid:mini=oA****23",
      "phone=139****5671",
      "email=o***@example.cn",
    ]);
    expect(body.name).toBe("欧**");
    expect(body.traits).toEqual({
      vip: true,
      province: "浙江省",
      city: "杭州市",
      district: "西湖区",
      name: "欧**",
      address: "浙江省杭州市西湖区****",
    });
    expect(body.children).toMatchObject([
      {
        bornOn: "2026-02-28",
        name: "豆**",
        stage: "3-6",
        next: { stage: "6-12", on: "2026-08-28" },
        source: "stated",
        confidence: 1,
        interval80: ["2026-02-28", "2026-02-28"],
        marks: [],
      },
      { bornOn: "1884-01-01", stage: null, next: null, marks: ["date-impossible"] },
    ]);
    expect(body.consents).toMatchObject([{ purpose: "marketing", state: "granted", by: "source:1" }]);
    expect(body.orders).toEqual({ count: 2, amountFen: 20_000, lastAt: "2026-04-02T00:00:00.000Z" });
    expect(body.firstSeenAt).toBe("2026-04-01T00:00:00.000Z");
    expect(body.segments?.[0]?.name).toBe("新手妈妈");
    expect(body.evidence).toHaveLength(3);
    expect(body.evidence?.[0]).toMatchObject({
      rule: { en: "Came in one message" },
      a: { value: "****" },
      b: { value: "139****5671" },
    });
    for (const identifier of [
      "user:u1",
      "openid:mini:oAbCdEf123",
      `email:${email.toUpperCase()}`,
      "phone:139 1234 5671",
    ]) {
      const same = await ask<Person>(`/persons?identifier=${encodeURIComponent(identifier)}`);
      expect(same.body.id, identifier).toBe(String(user));
    }
  });

  test("is shown as of a date", async () => {
    const user = await aFamily();
    const stageOf = async (on: string) =>
      (await ask<Person>(`/persons/${user}?on=${on}`)).body.children[0]?.stage;
    expect(await stageOf("2026-02-27")).toBe("pregnancy-3");
    expect(await stageOf("2026-03-27")).toBe("0-1");
    expect(await stageOf("2026-03-28")).toBe("1-3");
    expect(await stageOf("2032-02-28")).toBeNull();
    expect((await ask(`/persons/${user}?on=2026-02-30`)).status).toBe(400);
  });

  test("unmasked only for who may, and every look is logged", async () => {
    const user = await aFamily();
    const whole = await ask<RevealedPerson>(`/persons/${user}/reveal`, { method: "POST" });
    expect(whole.body.name).toBe(name);
    expect(whole.body.identifiers.map(({ value }) => value)).toContain(`+86${phone}`);
    expect(whole.body.traits["address"]).toMatchObject({ street });
    expect(whole.body.children[0]?.name).toBe("豆豆");
    expect((await ask<Person>(`/persons/${user}?reveal=true`)).body.name).toBe(name);
    const looks = await engines.db
      .selectFrom("reveal_log")
      .selectAll()
      .where("workspace_id", "=", workspace.id)
      .execute();
    expect(looks.map(({ who, person, what }) => [who, person, what])).toEqual([
      ["user:1", user, "reveal"],
      ["user:1", user, "person"],
    ]);
    scopes = new Set(scopesOf.viewer);
    for (const refused of [
      await ask(`/persons/${user}/reveal`, { method: "POST" }),
      await ask(`/persons/${user}?reveal=true`),
    ]) {
      expect(refused.status).toBe(403);
      expect(refused.body.code).toBe("profiles/may-not-reveal");
    }
    expect((await ask<Person>(`/persons/${user}`)).body.identifiers[2]?.value).toBe("139****5671");
  });

  test("says by name which source knows of a child or a consent, and never another workspace's", async () => {
    const [user] = (await resolve(["user=u1"])) as [number];
    const source = async (of: number, kind: "http" | "file", name: string) =>
      (await createSource(engines.db, of, { kind, name }, at)).id;
    const app = await source(workspace.id, "http", "品牌 App");
    const file = await source(workspace.id, "file", "订单");
    const foreign = await source((await testWorkspace(engines)).id, "http", "别家");
    const { rows } = await sql<{ id: number }>`
      insert into import (workspace_id, source_id, preset, status, files, progress, started_at)
      values (${workspace.id}, ${file}, 'orders', 'done', '[]', '{}', ${at}) returning id`.execute(
      engines.db,
    );
    const by = [`source:${app}`, `import:${rows[0]!.id}`, `source:${foreign}`, "user:9"];
    await people.recordStatements(workspace.id, [
      ...by.map((statedBy, i) => ({
        ...{ kind: "child" as const, node: user, at, bornOn: `202${i}-02-28`, statedBy },
      })),
      { kind: "consent", node: user, at, purpose: "marketing", state: "granted", saidBy: `source:${app}` },
    ]);
    const { body } = await ask<Person>(`/persons/${user}`);
    expect(body.children.map(({ statedBy }) => statedBy)).toEqual([
      ...["user:9", `source:${foreign}`, "订单", "品牌 App"],
    ]);
    expect(body.consents).toMatchObject([{ by: "品牌 App" }]);
  });

  test("withdraws for all her identifiers, and an address never to be written to shows", async () => {
    const user = await aFamily();
    const [alone] = (await resolve(["member:pos=77"])) as [number];
    await people.recordStatements(workspace.id, [
      { kind: "consent", node: alone, at, purpose: "marketing", state: "granted", saidBy: "source:1" },
    ]);
    const said = { purpose: "marketing", state: "withdrawn", by: "user:1", at } as const;
    await stateConsent(engines.db, workspace.id, user, said);
    expect((await ask<Person>(`/persons/${user}`)).body.consents).toMatchObject([
      { state: "withdrawn", by: "user:1" },
    ]);
    // Another person turns out to be the same: the stricter word holds.
    await resolve(["member:pos=77", `phone=${phone}`]);
    const joined = await ask<Person>(`/persons/${alone}`);
    expect(joined.body.id).toBe(String(user));
    expect(joined.body.consents).toMatchObject([{ state: "withdrawn" }]);
    expect(joined.body.suppressed).toBe(false);
    const address = { workspace_id: workspace.id, namespace: "member:pos", reason: "unsubscribed", at };
    await people.vault.ready(workspace.id);
    const value_hash = people.vault.hash(workspace.id, "member:pos", "77");
    await engines.db
      .insertInto("suppression")
      .values({ ...address, value_hash })
      .execute();
    expect((await ask<Person>(`/persons/${user}`)).body.suppressed).toBe(true);
  });

  test("a grandmother of the family sees the same children under the same family", async () => {
    const mother = await aFamily();
    const [grandmother] = (await resolve(["phone=13612340077"])) as [number];
    await engines.db
      .insertInto("family_carer")
      .values([mother, grandmother].map((node) => ({ workspace_id: workspace.id, node, family: mother })))
      .execute();
    const { body } = await ask<Person>(`/persons/${grandmother}`);
    expect(body).toMatchObject({ id: String(grandmother), family: String(mother), name: null });
    expect(body.children.map(({ bornOn }) => bornOn)).toEqual(["2026-02-28", "1884-01-01"]);
    expect(body.orders?.count).toBe(0);
    const rows = (await ask<FamilyPage>("/families")).body.items;
    expect(rows.map(({ id, person }) => [id, person])).toEqual([
      [String(mother), String(grandmother)],
      [String(mother), String(mother)],
    ]);
  });

  test("unknown, malformed and foreign ids are told apart in words", async () => {
    await aFamily();
    const other = await testWorkspace(engines);
    const code = async (path: string) => {
      const { status, body } = await ask(path);
      return `${status} ${body.code}`;
    };
    expect(await code("/persons?identifier=phone:13912345672")).toBe("404 profiles/unknown-person");
    expect(await code("/persons?identifier=13912345671")).toBe("400 profiles/bad-identifier");
    expect(await code("/persons?identifier=phone:139****5671")).toBe("400 profiles/bad-identifier");
    expect(await code("/persons?identifier=user:null")).toBe("400 profiles/bad-identifier");
    for (const id of ["999999999", "abc", "-1", "99999999999999999999"])
      expect(await code(`/persons/${id}`)).toBe("404 profiles/unknown-person");
    workspace = other;
    expect(await code(`/persons?identifier=phone:${phone}`)).toBe("404 profiles/unknown-person");
    expect(await code("/persons/1")).toBe("404 profiles/unknown-person");
    expect(await code("/persons/1/timeline?after=x")).toBe("400 profiles/bad-cursor");
  });

  test("has a timeline, newest first, in pages that neither skip nor repeat", async () => {
    const user = await aFamily();
    const seen: TimelineEntry[] = [];
    let after = "";
    do {
      const { body } = await ask<{ items: TimelineEntry[]; next: string | null }>(
        `/persons/${user}/timeline?limit=2${after}`,
      );
      seen.push(...body.items);
      after = body.next === null ? "" : `&after=${body.next}`;
    } while (after !== "");
    expect(seen.map(({ id }) => id)).toEqual(["5", "4", "3", "2", "1"]);
    expect(seen[4]).toEqual({
      id: "1",
      at: "2026-04-01T00:00:00.000Z",
      name: "Order Completed",
      source: "育见 Stork",
      amountFen: 10_000,
      quantity: 1,
      marks: ["quantity-high"],
      properties: { step: 0 },
    });
    expect(seen[0]).toMatchObject({ amountFen: null, quantity: null });
  });
});

describe("families", () => {
  test("are listed newest first, in pages, with what the page needs and nothing more", async () => {
    const user = await aFamily();
    const others = await resolve(...Array.from({ length: 7 }, (_, i) => [`taobao=${i + 1}`]));
    const first = await ask<FamilyPage>("/families?limit=5");
    expect(first.body.total).toBe(8);
    expect(first.body.items.map(({ person }) => person)).toEqual(others.slice(2).reverse().map(String));
    const second = await ask<FamilyPage>(`/families?limit=5&after=${first.body.next}`);
    expect(second.body.next).toBeNull();
    expect(second.body.items.at(-1)).toEqual({
      id: String(user),
      person: String(user),
      name: "欧**",
      phone: "139****5671",
      city: "杭州市",
      children: [
        { id: expect.any(String), stage: "3-6", ageDays: 93, source: "stated" },
        { id: expect.any(String), stage: null, ageDays: expect.any(Number), source: "stated" },
      ],
      orders: 2,
      amountFen: 20_000,
      lastSeenAt: "2026-04-03T00:00:00.000Z",
    });
  });

  test("are found by a whole identifier of any kind, a masked phone, or a full name, and by nothing less", async () => {
    const user = await aFamily();
    await resolve(["taobao=1"], ["phone=13812349876"]);
    const found = async (query: string) =>
      (await ask<FamilyPage>(`/families?query=${encodeURIComponent(query)}`)).body.items.map(({ person }) =>
        Number(person),
      );
    for (const query of [
      phone,
      "139 1234 5671",
      "139****5671",
      email,
      "u1",
      "oAbCdEf123",
      "user:u1",
      name,
      " 欧阳 小明 ",
    ]) {
      expect(await found(query), query).toEqual([user]);
    }
    for (const query of ["139", "欧阳", "139****5672", "%", "' or 1=1", "x".repeat(300)])
      expect(await found(query), query).toEqual([]);
  });

  test("by stage of a child, also after two persons became one", async () => {
    const user = await aFamily();
    const [other] = (await resolve(["member:pos=5"])) as [number];
    await people.recordStatements(workspace.id, [
      { kind: "child", node: other, at, dueOn: "2026-07-01", statedBy: "source:2" },
    ]);
    const inStage = async (stage: string, more = "") =>
      (await ask<FamilyPage>(`/families?stage=${stage}${more}`)).body.items.map(({ person }) =>
        Number(person),
      );
    expect(await inStage("3-6")).toEqual([user]);
    expect(await inStage("pregnancy-3")).toEqual([other]);
    expect(await inStage("3-6", "&on=2026-03-01")).toEqual([]);
    expect(await inStage("3-6", `&query=${phone}`)).toEqual([user]);
    expect(await inStage("pregnancy-3", `&query=${phone}`)).toEqual([]);
    await resolve(["member:pos=5", `phone=${phone}`]);
    await people.personMap.settled();
    expect(await inStage("pregnancy-3")).toEqual([user]);
    expect((await ask("/families?stage=teen")).status).toBe(400);
  });
});

test("what identifies is in no table of ClickHouse and in no log", async () => {
  await aFamily();
  await ask(`/persons?identifier=phone:${phone}`);
  await ask(`/persons?identifier=nobody:${phone}`);
  await ask(`/families?query=${phone}`);
  const secrets = [phone, name, email, street, "豆豆", "oAbCdEf123"];
  const tables = await engines.clickhouse.query<{ name: string }>(
    ch`select name from system.tables where database = currentDatabase() and engine like '%MergeTree'`,
  );
  expect(tables.length).toBeGreaterThan(5);
  let cells = 0;
  for (const { name: table } of tables) {
    const rows = await engines.clickhouse.query<Record<string, unknown>>({
      text: `select * from ${table}`,
      params: {},
    });
    const text = JSON.stringify(rows);
    cells += rows.length;
    for (const secret of secrets) expect(text.includes(secret), `${secret} in ${table}`).toBe(false);
  }
  expect(cells).toBeGreaterThan(10);
  for (const secret of secrets) expect(logged.includes(secret), `${secret} in the log`).toBe(false);
});
