import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { type Documented, queryOf, readableAddresses } from "../addresses.ts";
import { type QuietHouse, quietHouse } from "../quiet-house.ts";
import { leaksIn, mother, other, secrets } from "../two-mothers.ts";
import type { CallOptions, WholeApp } from "../whole-app.ts";

let house: QuietHouse;
let app: WholeApp;
let path: string;
let ids: QuietHouse["ids"];
let logged: QuietHouse["logged"];
let viewer: CallOptions;
let marketer: CallOptions;
beforeAll(async () => {
  house = await quietHouse();
  ({ app, path, ids, logged } = house);
  ({ viewer, marketer } = house.lookers);
});
afterAll(() => house.close());

describe("who may not see whom she looks at", () => {
  test("sees masked values at every documented address, in lists and on pages", async () => {
    const addresses = await readableAddresses(house);
    expect(addresses.length).toBeGreaterThan(20);
    for (const [looker, options] of Object.entries(house.lookers)) {
      const seen: string[] = [];
      for (const address of addresses) {
        const reply = await app.call("GET", address, undefined, options);
        const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
        expect([looker, address, reply.status, leaksIn(text)]).toEqual([looker, address, 200, []]);
        seen.push(text);
      }
      // The addresses were not empty: the mothers are there, and masked.
      for (const shown of ["欧**", "139****5670", "o***@mail.test", "慕**"])
        expect(seen.join("")).toContain(shown);
    }
  });

  test("recognises whom she knows: the ends of a phone, the first sign of a name, the district of an address", async () => {
    const person = await app.call<{
      name: string;
      identifiers: { namespace: string; value: string }[];
      traits: object;
    }>("GET", `${path}/persons/${ids["person"]}`, undefined, viewer);
    expect(person.body.name).toBe("欧**");
    expect(person.body.identifiers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ namespace: "phone", value: "139****5670" }),
        expect.objectContaining({ namespace: "email", value: "o***@mail.test" }),
      ]),
    );
    expect(person.body.traits).toMatchObject({ tier: "gold", city: "杭州市" });
  });

  test("finds a family by a whole phone number and still sees it masked", async () => {
    for (const query of [mother.phone, mother.name, mother.email]) {
      const found = await app.call<{ items: { person: string }[] }>(
        "GET",
        `${path}/families?query=${encodeURIComponent(query)}`,
        undefined,
        viewer,
      );
      expect(
        found.body.items.map(({ person }) => person),
        query,
      ).toEqual([ids["person"]]);
      expect(leaksIn(JSON.stringify(found.body))).toEqual([]);
    }
  });

  test("is refused when she asks to see whole, whichever way she asks; who may, leaves a trace", async () => {
    for (const options of [viewer, marketer]) {
      const revealed = await app.call("POST", `${path}/persons/${ids["person"]}/reveal`, undefined, options);
      expect([revealed.status, leaksIn(JSON.stringify(revealed.body))]).toEqual([403, []]);
      const asked = await app.call("GET", `${path}/persons/${ids["person"]}?reveal=true`, undefined, options);
      expect([asked.status, leaksIn(JSON.stringify(asked.body))]).toEqual([403, []]);
    }
    const logs = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from reveal_log`.execute(app.engines.db)).rows[0]
        ?.n ?? 0;
    const before = await logs();
    const whole = await app.call("POST", `${path}/persons/${ids["person"]}/reveal`);
    expect(leaksIn(JSON.stringify(whole.body))).toEqual(
      expect.arrayContaining([mother.name, mother.phone, mother.email]),
    );
    expect(await logs()).toBe(before + 1);
  });

  test("gets previews of messages with the names masked", async () => {
    const content = {
      subject: "{{ person.name }}",
      body: "{{ person.name }} {{ child.name }} {{ person.city }}",
    };
    for (const body of [
      { content, person: ids["person"] },
      { content, segment: ids["segment"] },
    ]) {
      const preview = await app.call("POST", `${path}/campaigns/preview`, body, viewer);
      expect([preview.status, leaksIn(JSON.stringify(preview.body))]).toEqual([200, []]);
    }
  });
});

test("a key in a webhook's address is read back only by who may change it", async () => {
  const url = "https://robot.example/send?access_token=hush-hush";
  const body = { kind: "webhook", name: "机器人", settings: { url } };
  const { body: made } = await app.call<{ id: string }>("POST", `${path}/channels`, body);
  const seen = async (options?: CallOptions) => {
    const answer = await app.call<{ items: { id: string; settings: { url?: string } }[] }>(
      ...(["GET", `${path}/channels`, undefined, options] as const),
    );
    return answer.body.items.find(({ id }) => id === made.id)?.settings.url;
  };
  expect(await seen()).toBe(url);
  for (const looker of [viewer, marketer])
    expect(await seen(looker)).toBe("https://robot.example/send?access_token=****");
});

describe("where nobody looks", () => {
  test("the engine of facts holds nothing that identifies, in any column of any table", async () => {
    const { clickhouse } = app.engines;
    const tables = await clickhouse.query<{ name: string }>(
      ch`select name from system.tables where database = currentDatabase() and engine not like '%View' and engine != 'Dictionary'`,
    );
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["event", "trait", "child", "membership"]),
    );
    let rows = 0;
    for (const { name } of tables) {
      const found = await clickhouse.query<object>({ text: `select * from \`${name}\``, params: {} });
      rows += found.length;
      expect([name, leaksIn(JSON.stringify(found))]).toEqual([name, []]);
    }
    expect(rows).toBeGreaterThan(20);
  });

  test("PostgreSQL holds it only sealed: as plain text it stands in no table", async () => {
    const { db } = app.engines;
    const tables = await sql<{ schema: string; name: string }>`
      select table_schema as schema, table_name as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`.execute(
      db,
    );
    expect(tables.rows.length).toBeGreaterThan(20);
    for (const { schema, name } of tables.rows) {
      const rows = await sql<{
        text: string;
      }>`select t::text as text from ${sql.table(`${schema}.${name}`)} as t`.execute(db);
      expect([name, leaksIn(rows.rows.map(({ text }) => text).join("\n"))]).toEqual([name, []]);
    }
  });

  test("the engines' files hold it only sealed; an uploaded file is gone once it is imported", async () => {
    for (const file of filesUnder(app.engines.dir)) {
      const content = readFileSync(file).toString("latin1");
      const latin = (text: string) => Buffer.from(text).toString("latin1");
      expect([
        file.slice(app.engines.dir.length),
        secrets.filter((secret) => content.includes(latin(secret))),
      ]).toEqual([file.slice(app.engines.dir.length), []]);
    }
  });

  test("errors answer and log nothing of it, wherever a caller puts it", async () => {
    const secret = `${mother.phone} ${mother.email} ${mother.name}`;
    const asPath = encodeURIComponent(mother.phone);
    const tries: [string, string, unknown?][] = [
      ["GET", `${path}/persons/${asPath}`],
      ["GET", `${path}/persons/${encodeURIComponent(secret)}`],
      ["GET", `${path}/persons?identifier=${encodeURIComponent(`phone:${other.refused}`)}`],
      ["GET", `${path}/persons?identifier=${encodeURIComponent(`nothing ${secret}`)}`],
      ["GET", `${path}/persons/${ids["person"]}/timeline?after=${asPath}`],
      ["GET", `${path}/persons/${ids["person"]}?on=${asPath}`],
      ["GET", `${path}/families?stage=${asPath}`],
      ["GET", `${path}/campaigns?after=x${asPath}`],
      ["GET", `${path}/segments/${asPath}`],
      ["GET", `${path}/segments/${ids["segment"]}/members?after=${encodeURIComponent(secret)}`],
      ["POST", `${path}/segments`, { name: `${secret}\0`, where: { kind: "all", of: [] } }],
      ["POST", `${path}/sources`, { name: `${secret}\0` }],
      ["POST", `${path}/members`, { name: `${secret}\0`, email: "x@y.test", role: "viewer" }],
      ["POST", `${path}/keys`, { name: `${secret}\0`, scopes: ["people:read"] }],
      [
        "POST",
        `${path}/campaigns`,
        {
          name: `${secret}\0`,
          segment: ids["segment"],
          channel: "1",
          content: { subject: secret, body: `${secret}\0` },
        },
      ],
      ["GET", `${path}/persons?identifier=${encodeURIComponent(`member:x:${secret}\0`)}`],
      ["GET", `${path}/campaigns/${asPath}`],
      ["GET", `${path}/campaigns/${asPath}/report`],
      ["GET", `${path}/imports/${asPath}`],
      ["GET", `${path}/sources/${asPath}/tail`],
      ["GET", `${path}/overview?from=${asPath}&to=${asPath}`],
      ["GET", `/api/v1/workspaces/${asPath}/segments`],
      [
        "POST",
        `${path}/segments/count`,
        { where: { kind: "trait", key: "phone", op: "like", value: secret } },
      ],
      ["POST", `${path}/segments/count`, { where: { kind: secret } }],
      ["POST", `${path}/segments/count`, { where: { kind: "member", segment: secret } }],
      ["POST", `${path}/segments`, { name: secret.repeat(20), where: { kind: "all", of: [] } }],
      ["POST", `${path}/segments`, `{"name":"${secret}`],
      [
        "POST",
        `${path}/campaigns/preview`,
        { content: { subject: "x", body: "{{ person.name }}" }, person: mother.phone },
      ],
      ["POST", `${path}/persons/${ids["person"]}/consents`, { purpose: secret, state: secret }],
      ["POST", `${path}/imports`, { upload: secret, preset: secret }],
      [
        "POST",
        `${path}/channels`,
        { kind: "email", name: "x", settings: { host: "x", port: secret, from: "y" } },
      ],
      ["POST", "/v1/track", { userId: mother.phone, event: "x", timestamp: secret }],
      ["POST", "/v1/batch", `{"batch":[{"userId":"${secret}`],
      ["POST", "/v1/batch", { batch: [{ type: secret, userId: mother.user }] }],
      ["GET", `/nothing/${asPath}`],
    ];
    const headers = { authorization: `Basic ${Buffer.from(`${house.writeKey}:`).toString("base64")}` };
    const wrong: unknown[] = [];
    for (const [method, way, body] of tries) {
      const collecting = way.startsWith("/v1/");
      const reply = await app.call(method, way, body, collecting ? { key: null, headers } : {});
      const leaks = leaksIn(JSON.stringify(reply.body));
      if (reply.status < 400 || reply.status >= 500 || leaks.length > 0)
        wrong.push([method, way, reply.status, leaks]);
    }
    expect(wrong).toEqual([]);
  });

  test("an id that is none, too long, or another workspace's is not found, whatever it stands in", async () => {
    const { body } = await app.call<Documented>("GET", "/api/v1/openapi.json");
    await app.brand("neighbour");
    const wrong: unknown[] = [];
    for (const [way, methods] of Object.entries(body.paths)) {
      const names = [...way.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
      const [name] = names.filter((one) => one !== "workspace");
      const get = methods["get"];
      // A write key is no id: whoever shows a wrong one is not known.
      if (name === undefined || get === undefined || way.startsWith("/v1/projects/")) continue;
      const at = (workspace: string, id: string) =>
        way.replace("{workspace}", workspace).replace(`{${name}}`, encodeURIComponent(id)) +
        queryOf(way, get, ids);
      const none = ["0", "-1", "1e3", "x".repeat(60), "9".repeat(15), "9".repeat(19), "\0", "%", "'"];
      // A kind is no id: every workspace has it.
      const others = name === "kind" ? [] : [at("neighbour", ids[name] ?? "")];
      const tries = [...none.map((id) => at("quiet", id)), ...others];
      for (const address of tries) {
        const { status } = await app.call("GET", address);
        // What is too long to be an id at all is an invalid request.
        if (status !== 404 && !(status === 400 && address.length > 60)) wrong.push([address, status]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("a phone where a number is expected is no page and no channel, and no bug", async () => {
    const content = { subject: "x", body: "x" };
    const preview = { content, person: ids["person"], channel: mother.phone };
    expect((await app.call("POST", `${path}/campaigns/preview`, preview)).status).toBe(404);
    for (const way of ["/campaigns", "/families", `/segments/${ids["segment"]}/members`])
      expect((await app.call("GET", `${path}${way}?after=${mother.phone}`)).status, way).toBe(200);
  });

  test("and after all of that the log, at its most talkative, names nobody", () => {
    expect(leaksIn(logged.join(""))).toEqual([]);
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(logged.join("")).not.toContain(house.writeKey);
    expect(logged.join("")).not.toContain("smtp-secret-9");
    expect(logged.join("")).not.toContain("owner@stork.local");
  });
});

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
