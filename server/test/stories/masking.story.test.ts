import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ch } from "../../src/platform/clickhouse.ts";
import { mailServer } from "../messages-world.ts";
import { type CallOptions, type WholeApp, wholeApp } from "../whole-app.ts";

/** Everything here that would tell a stranger who somebody is. None of it may be seen where it is not asked for by name. */
const mother = {
  name: "欧阳若彤",
  phone: "13912345670",
  email: "ouyang.ruotong@mail.test",
  address: "浙江省杭州市西湖区文三路 478 号华星时代广场 3 幢 502 室",
  baby: "糯米团子",
  openid: "oX7Qk5p2mVt9LrZ3nB8sYw4cHd1E",
  member: "tmall-ouyang-8841",
  user: "member-00918273645",
  device: "A1B2C3D4-E5F6-7788-99AA-BBCCDDEEFF00",
  note: "13887654321",
  wechat: "wx_ruotong_1990",
  idCard: "330106199003071235",
  receiver: "司徒静怡",
  till: "13700001111",
};
const other = {
  name: "慕容晓月",
  phone: "13612348765",
  email: "murong.xiaoyue@mail.test",
  refused: "13598761234",
};
const staffOnly = ["owner@stork.local"];
const street = "文三路 478 号";

/** Sessions live by the machine's clock, so the story's may not be far from it; ten in Shanghai is no quiet hour. */
const dayMs = 86_400_000;
const tomorrowAtTen = new Date((Math.floor(Date.now() / dayMs) + 1) * dayMs + 2 * 3_600_000).toISOString();
const daysBefore = (days: number) =>
  new Date(Date.parse(tomorrowAtTen) - days * dayMs).toISOString().slice(0, 10);

let app: WholeApp;
let path: string;
let writeKey: string;
let post: Awaited<ReturnType<typeof mailServer>>;
const logged: string[] = [];
const ids: Record<string, string> = {};

beforeAll(async () => {
  const log = pino({ level: "debug" }, { write: (line: string) => void logged.push(line) });
  app = await wholeApp({ now: tomorrowAtTen, log });
  post = await mailServer();
  ({ path, writeKey } = await app.brand("quiet"));
  await fillTheHouse();
});
afterAll(async () => {
  await post.close();
  await app.close();
});

async function fillTheHouse(): Promise<void> {
  const at = app.clock.now().toISOString();
  await app.collect(writeKey, [
    {
      type: "identify",
      messageId: "i-1",
      userId: mother.user,
      anonymousId: "visit-1",
      timestamp: at,
      context: {
        device: { id: mother.device },
        externalIds: [
          { type: "openid:miniapp", id: mother.openid },
          { type: "member:tmall", id: mother.member },
        ],
      },
      traits: {
        name: mother.name,
        phone: mother.phone,
        email: mother.email,
        address: mother.address,
        city: "杭州市",
        note: `白天请打 ${mother.note}`,
        wechat: mother.wechat,
        idCard: mother.idCard,
        tier: "gold",
        marketingConsent: true,
        children: [{ birthday: daysBefore(120), name: mother.baby, gender: "女" }],
      },
    },
    {
      type: "track",
      messageId: "t-1",
      userId: mother.user,
      event: "Order Completed",
      timestamp: at,
      properties: {
        order_id: "T-1",
        revenue: 268,
        products: [{ sku: "F-1", category: "formula", price: 268, quantity: 1 }],
        receiver: mother.receiver,
        receiver_phone: mother.phone,
        contact: { name: mother.receiver, phone: mother.till },
        remark: `放门口，到了打 ${mother.till}，或写信到 ${mother.email}`,
        [`备用${mother.till}`]: true,
      },
    },
    {
      type: "identify",
      messageId: "i-2",
      userId: "other-00012345",
      timestamp: at,
      traits: {
        ...other,
        refused: undefined,
        marketingConsent: true,
        children: [{ birthday: daysBefore(121) }],
      },
    },
    {
      type: "page",
      messageId: "p-1",
      anonymousId: "visit-1",
      name: "结算",
      timestamp: at,
      properties: { url: `https://shop.test/done?tel=${mother.phone}` },
    },
  ]);
  ids["person"] = (await ask<{ id: string }>("GET", `/persons?identifier=user:${mother.user}`)).id;
  ids["source"] = (await ask<{ items: { id: string }[] }>("GET", "/sources")).items[0]?.id ?? "";
  const where = { kind: "stage", in: ["3-6"] };
  ids["segment"] = (await ask<{ id: string }>("POST", "/segments", { name: "三到六个月", where })).id;
  const channel = await ask<{ id: string }>("POST", "/channels", {
    kind: "email",
    name: "邮件",
    settings: {
      host: "127.0.0.1",
      port: post.port,
      from: "静 <hello@quiet.test>",
      user: "sender",
      password: "smtp-secret-9",
    },
  }).catch(() => null);
  ids["channel"] = channel?.id ?? "";
  const open = await ask<{ id: string }>("POST", "/channels", {
    kind: "email",
    name: "内部邮件",
    settings: { host: "127.0.0.1", port: post.port, from: "静 <hello@quiet.test>" },
  });
  const campaign = await ask<{ id: string }>("POST", "/campaigns", {
    name: "问候",
    segment: ids["segment"],
    channel: open.id,
    content: {
      subject: "{{ person.name }}，您好",
      body: '<p>{{ child.name | default: "宝宝" }}：<a href="https://quiet.test/x">看看</a></p>',
    },
    holdoutShare: 0,
  });
  ids["campaign"] = campaign.id;
  await ask("POST", `/campaigns/${campaign.id}/start`);
  await app.runJobs();
  ids["import"] = await importOrders();
}

/** A file with a good row, and one that is refused with everything in it. */
async function importOrders(): Promise<string> {
  const body = await previewOrders();
  const started = await ask<{ id: string }>("POST", "/imports", { upload: body.upload, preset: "orders" });
  await app.runJobs();
  const done = await ask<{ added: number; refused: number }>("GET", `/imports/${started.id}`);
  expect(done).toMatchObject({ added: 1, refused: 1 });
  return started.id;
}

async function previewOrders(): Promise<{ upload: string }> {
  const content = [
    "订单编号,店铺,买家会员名,收货人,手机号,收货地址,商家编码,商品标题,数量,单价,订单实付金额,付款时间,订单状态",
    `T9,天猫,${mother.member},${mother.receiver},${mother.phone},${mother.address},A,奶粉,1,258,258,2026-05-01 10:00:00,交易成功`,
    `T10,天猫,${mother.member},${other.name},${other.refused},${mother.address},A,奶粉,好多,258,258,2026-05-01 10:00:00,交易成功`,
  ].join("\n");
  const form = new FormData();
  form.append("files", new Blob([content]), "orders.csv");
  form.append("preset", "orders");
  const response = await fetch(`${app.url}${path}/imports/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.ownerKey}` },
    body: form,
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(leaksIn(text)).toEqual([]);
  return JSON.parse(text);
}

async function ask<Body>(method: string, way: string, body?: unknown): Promise<Body> {
  const reply = await app.call<Body>(method, path + way, body);
  expect(reply.status, `${method} ${way} ${JSON.stringify(reply.body)}`).toBeLessThan(300);
  return reply.body;
}

/** What of the two mothers stands in a text, whole. */
function leaksIn(text: string): string[] {
  const secrets = [...Object.values(mother), ...Object.values(other), street];
  return secrets.filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  );
}

interface Documented {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string; required?: boolean }[] }>>;
}

/** Every documented address that can be read, filled in with what is really there. */
async function readableAddresses(): Promise<string[]> {
  const { body } = await app.call<Documented>("GET", "/api/v1/openapi.json");
  const given: Record<string, string> = {
    from: daysBefore(30),
    to: daysBefore(0),
    identifier: `user:${mother.user}`,
  };
  return Object.entries(body.paths).flatMap(([way, methods]) => {
    const { get } = methods;
    if (get === undefined) return [];
    const filled = way.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = name === "workspace" ? "quiet" : ids[name];
      if (value === undefined) throw new Error(`${way}: give this story an example of {${name}}`);
      return value;
    });
    const query = (get.parameters ?? [])
      .filter((one) => one.in === "query" && one.required)
      .map(({ name }) => {
        if (given[name] === undefined) throw new Error(`${way}: give this story an example of ?${name}`);
        return `${name}=${encodeURIComponent(given[name])}`;
      });
    return [query.length === 0 ? filled : `${filled}?${query.join("&")}`];
  });
}

/** Who may look without seeing whole: by a session, and by a key of the same scopes. */
async function lookers(): Promise<Record<string, CallOptions>> {
  const found: Record<string, CallOptions> = {};
  for (const role of ["viewer", "analyst", "marketer"]) {
    const invited = await ask<{ signInLink: string }>("POST", "/members", {
      name: role,
      email: `${role}@staff.test`,
      role,
    });
    const entered = await app.call("GET", new URL(invited.signInLink).pathname, undefined, { key: null });
    const cookie = entered.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    found[`a ${role}'s session`] = { key: null, headers: { cookie, origin: app.url } };
  }
  const scopes = [
    "collect:read",
    "people:read",
    "segments:read",
    "campaigns:read",
    "outcomes:read",
    "settings:read",
  ];
  const { key } = await ask<{ key: string }>("POST", "/keys", { name: "reader", scopes });
  found["a reader's key"] = { key };
  return found;
}

describe("who may not see whom she looks at", () => {
  test("sees masked values at every documented address, in lists and on pages", async () => {
    const addresses = await readableAddresses();
    expect(addresses.length).toBeGreaterThan(20);
    for (const [looker, options] of Object.entries(await lookers())) {
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
    const { "a viewer's session": viewer } = await lookersOnce();
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
    const { "a viewer's session": viewer } = await lookersOnce();
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
    const { "a viewer's session": viewer, "a marketer's session": marketer } = await lookersOnce();
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
    const { "a viewer's session": viewer } = await lookersOnce();
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

let kept: Record<string, CallOptions> | undefined;
async function lookersOnce(): Promise<Record<string, CallOptions>> {
  if (kept === undefined) {
    const members = await ask<{ items: { id: string; email: string }[] }>("GET", "/members");
    for (const { id, email } of members.items)
      if (email.endsWith("@staff.test")) await ask("DELETE", `/members/${id}`);
    kept = await lookers();
  }
  return kept;
}

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
      const secrets = [...Object.values(mother), ...Object.values(other)];
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
      ["GET", `${path}/sources/${asPath}/recent`],
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
    const headers = { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}` };
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
      if (name === undefined || methods["get"] === undefined) continue;
      const at = (workspace: string, id: string) =>
        way.replace("{workspace}", workspace).replace(`{${name}}`, encodeURIComponent(id));
      const none = ["0", "-1", "1e3", "x".repeat(60), "9".repeat(15), "9".repeat(19), "\0", "%", "'"];
      const tries = [...none.map((id) => at("quiet", id)), at("neighbour", ids[name] ?? "")];
      for (const address of tries) {
        const { status } = await app.call("GET", address);
        // What is too long to be an id at all is an invalid request.
        if (status !== 404 && !(status === 400 && address.length > 60)) wrong.push([address, status]);
      }
    }
    expect(wrong).toEqual([]);
  });

  test("and after all of that the log, at its most talkative, names nobody", () => {
    expect(leaksIn(logged.join(""))).toEqual([]);
    expect(logged.filter((line) => line.includes('"level":50'))).toEqual([]);
    expect(logged.join("")).not.toContain(writeKey);
    expect(logged.join("")).not.toContain("smtp-secret-9");
    expect(staffOnly.filter((address) => logged.join("").includes(address))).toEqual([]);
  });
});

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
