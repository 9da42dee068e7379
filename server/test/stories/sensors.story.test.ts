import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Person } from "@stork/contract/people.ts";
import type { QuarantinePage } from "@stork/contract/quarantine.ts";
import type { Source, TailEntry } from "@stork/contract/sources.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

/** The Sensors Analytics protocol as its SDKs for servers and mini-programs speak it; the browser's is tried in a browser. */
let app: WholeApp;
let path: string;
let source: Source;
let made = 0;

beforeAll(async () => {
  app = await wholeApp({ now: new Date().toISOString() });
  ({ path } = await app.brand("sensors"));
});
beforeEach(async () => {
  made += 1;
  source = (await app.call<Source>("POST", `${path}/sources`, { kind: "sensors", name: `神策 ${made}` }))
    .body;
});
afterAll(() => app?.close());

const address = (way = "/sa"): string => `${app.url}${way}?project=default&token=${source.writeKey}`;
const person = async (identifier: string): Promise<Person> =>
  (await app.call<Person>("GET", `${path}/persons?identifier=${encodeURIComponent(identifier)}`)).body;
const tail = async (): Promise<TailEntry[]> =>
  (await app.call<{ items: TailEntry[] }>("GET", `${path}/sources/${source.id}/tail`)).body.items;
const accepted = async () => (await tail()).filter((one) => one.outcome === "accepted");
const names = async () => (await accepted()).map(({ name }) => name).sort();

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64");
const javaHash = (text: string): number =>
  [...text].reduce((sum, c) => (Math.imul(31, sum) + c.charCodeAt(0)) | 0, 0);
const post = (form: Record<string, string>, way = "/sa", headers: Record<string, string> = {}) =>
  fetch(address(way), { method: "POST", body: new URLSearchParams(form), headers });
let count = 0;
const item = (more: object = {}) => {
  count += 1;
  return {
    distinct_id: "u-1",
    type: "track",
    event: "ViewProduct",
    time: app.clock.now().getTime(),
    _track_id: count,
    properties: {},
    ...more,
  };
};
const send = async (...items: object[]) => {
  const answer = await post({ data_list: base64(items) });
  expect(answer.status).toBe(200);
  return answer;
};

test("the SDK for Node, unmodified: a visitor signs in, and what is known of her adds up", async () => {
  interface Sdk {
    submitTo(options: object, batch: object): void;
    track(...args: unknown[]): void;
    trackSignup(...args: unknown[]): void;
    profileSet(...args: unknown[]): void;
    profileSetOnce(...args: unknown[]): void;
    profileIncrement(...args: unknown[]): void;
    profileAppend(...args: unknown[]): void;
    profileUnset(...args: unknown[]): void;
  }
  const SensorsAnalytics = createRequire(import.meta.url)("sa-sdk-node") as new () => Sdk;
  const sdk = new SensorsAnalytics();
  const dir = mkdtempSync(join(tmpdir(), "stork-sa-node-"));
  sdk.submitTo(
    { url: address(), cachePath: dir, gzip: true, mode: "track", timeout: 60_000 },
    { count: 4, timeSpan: 100 },
  );
  sdk.track("cookie-1", "ViewProduct", { sku: "F-1", $ip: "123.123.123.123" });
  sdk.trackSignup("node-1", "cookie-1", { channel: "微信" });
  sdk.profileSet("node-1", { city: "杭州", level: "金卡" });
  sdk.profileSetOnce("node-1", { level: "银卡", firstShop: "西湖店" });
  sdk.profileIncrement("node-1", { points: 30 });
  sdk.profileIncrement("node-1", { points: 12 });
  sdk.profileAppend("node-1", { likes: ["奶粉"] });
  sdk.profileUnset("node-1", ["city"]);
  await expect.poll(async () => (await accepted()).length).toBe(8);
  rmSync(dir, { recursive: true, force: true });
  const found = await person("anonymous:node-1");
  expect(found.id).toBe((await person("anonymous:cookie-1")).id);
  expect(found.id).toBe((await person("user:node-1")).id);
  expect(found.traits).toMatchObject({ level: "金卡", firstShop: "西湖店", points: 42, likes: ["奶粉"] });
  expect(found.traits).not.toHaveProperty("city");
  expect(JSON.stringify(await tail())).not.toContain("123.123");
});

describe("the SDK for mini-programs", () => {
  interface Recorded {
    method: string;
    url: string;
    header?: Record<string, string> | null;
    body: string | null;
  }
  const file = join(import.meta.dirname, "../fixtures/sensors-miniprogram.json");
  const recorded = JSON.parse(readFileSync(file, "utf8")) as Record<"single" | "batch", Recorded[]>;

  test.each(["single", "batch"] as const)(
    "its recorded requests, %s: openid, unionid, sign-in, sharing",
    async (way) => {
      for (const { method, url, header, body } of recorded[way]) {
        const there = url
          .replace("https://collect.example", app.url)
          .replace("token=KEY", `token=${source.writeKey}`);
        const answer = await fetch(there, { method, headers: header ?? {}, body: body ?? null });
        expect(answer.status).toBe(200);
        expect(answer.headers.get("x-stork-refused")).toBeNull();
      }
      expect(await names()).toEqual(
        [
          ...[
            "Content Shared",
            "Identity Bound",
            "Identity Bound",
            "Identity Unbound",
            "Page Left",
            "Screen Viewed",
          ],
          ...["Signed In", "SubmitOrder", "ViewProduct", ...Array.from({ length: 5 }, () => "Identified")],
        ].sort(),
      );
      const found = await person("user:m-1001");
      for (const other of ["unionid:uTest-unionid-0001", "openid:wx0123456789abcdef:oTest-openid-0001"])
        expect((await person(other)).id).toBe(found.id);
      // The last of the requests unbinds the mobile that an earlier one had bound.
      expect((await person("phone:13900000001")).id).not.toBe(found.id);
      expect(found.traits).toMatchObject({
        city: "杭州",
        baby_stage: "3-6",
        first_shop: "杭州店",
        interests: ["奶粉", "绘本"],
      });
      expect((await app.call<Source>("GET", `${path}/sources/${source.id}`)).body.first).toMatchObject({
        ...{ state: "received", sdk: { name: "MiniProgram", version: "1.22.7" } },
      });
    },
  );
});

describe("the envelope", () => {
  test.each([
    ["one item, base64 in a form", () => post({ data: base64(item()) })],
    ["gzip", () => post({ data_list: gzipSync(JSON.stringify([item()])).toString("base64"), gzip: "1" })],
    [
      "a checksum",
      () => {
        const data = base64([item()]);
        return post({ data_list: data, crc: String(javaHash(data)) });
      },
    ],
    [
      "the browser's checksum in ext",
      () => {
        const data = base64(item());
        return post({ data, ext: `crc=${javaHash(data)}` });
      },
    ],
    ["in the query", () => fetch(`${address()}&data=${encodeURIComponent(base64(item()))}`)],
    [
      "a plus sign that nobody escaped",
      () => fetch(`${address()}&data=${base64(item({ event: ">>>???~~~" }))}`),
    ],
    [
      "as text",
      () =>
        fetch(address(), {
          method: "POST",
          body: `data=${encodeURIComponent(base64(item()))}`,
          headers: { "content-type": "text/plain" },
        }),
    ],
  ])("%s is taken and answered 200 without a body", async (_way, ask) => {
    const answer = await ask();
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(await accepted()).toHaveLength(1);
  });

  test("/sa.gif answers with the pixel", async () => {
    const answer = await fetch(`${address("/sa.gif")}&data=${encodeURIComponent(base64(item()))}`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/gif"]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([bytes.subarray(0, 6).toString(), bytes.readUInt16LE(6), bytes.readUInt16LE(8)]).toEqual([
      "GIF89a",
      1,
      1,
    ]);
  });

  test.each([
    ["nothing", {}, "collect/no-data"],
    ["a wrong checksum", { data: base64({}), crc: "1" }, "collect/bad-checksum"],
    ["encrypted by the plug-in", { data: "x", gzip: "9" }, "collect/encrypted"],
    ["no base64", { data: "%%%" }, "collect/unreadable-body"],
    ["no gzip", { data: base64({}), gzip: "1" }, "collect/unreadable-body"],
    ["no JSON", { data: Buffer.from("{").toString("base64") }, "collect/unreadable-body"],
  ])("%s: 400 with the reason", async (_what, form, code) => {
    const answer = await post(form);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([400, code]);
  });

  test("a wrong token is answered 401; the debug mode says what is wrong and keeps nothing when it rehearses", async () => {
    expect((await fetch(`${app.url}/sa?token=wrong&data=${base64(item())}`)).status).toBe(401);
    const dry = await post({ data: base64(item({ event: "" })) }, "/debug", { "dry-run": "true" });
    expect([dry.status, await dry.text()]).toEqual([400, expect.stringContaining("事件名")]);
    expect((await post({ data: base64(item()) }, "/debug", { "dry-run": "true" })).status).toBe(200);
    expect(await tail()).toEqual([]);
  });
});

test("what cannot be taken is kept with its reason, and is taken once it is put right", async () => {
  const answer = await send(
    item(),
    item({ event: undefined }),
    item({ type: "profile_increment", properties: { points: "many" } }),
    item({ distinct_id: "null" }),
  );
  expect(answer.headers.get("x-stork-refused")).toBe("3");
  const open = async () =>
    (await app.call<QuarantinePage>("GET", `${path}/quarantine?source=${source.id}&state=open`)).body.items;
  const items = await open();
  expect(items.map(({ code }) => code).sort()).toEqual([
    "collect/no-event-name",
    "collect/not-a-number",
    "collect/unusable-identity",
  ]);
  const nameless = items.find(({ code }) => code === "collect/no-event-name");
  const replayed = await app.call("POST", `${path}/quarantine/${nameless?.id}/replay`, {
    changes: { event: "PutRight" },
  });
  expect(replayed.status).toBe(200);
  expect(await names()).toContain("PutRight");
  expect(await open()).toHaveLength(2);
});

test("the sender's wrong clock is put right by the time of sending", async () => {
  const now = app.clock.now().getTime();
  const ahead = 3 * 3_600_000;
  await send(
    item({ time: now + ahead - 60_000, _flush_time: now + ahead }),
    item({ time: now - 60_000, _flush_time: now + 900 }),
  );
  const [one, other] = await accepted();
  expect([one?.at, other?.at]).toEqual(Array(2).fill(new Date(now - 60_000).toISOString()));
});

test("increments of many requests at once all count, and a request sent again counts once", async () => {
  const increment = (id: number) => ({
    distinct_id: "race",
    login_id: "race",
    type: "profile_increment",
    time: 1_795_000_000_000 + id,
    properties: { points: 1 },
  });
  await Promise.all(Array.from({ length: 40 }, (_, i) => send(increment(i))));
  await Promise.all(Array.from({ length: 10 }, (_, i) => send(increment(i))));
  expect((await person("user:race")).traits).toMatchObject({ points: 40 });
  await send({
    distinct_id: "race",
    login_id: "race",
    type: "profile_set",
    time: app.clock.now().getTime(),
    properties: { city: "苏州", $name: "王小明" },
  });
  await send({
    distinct_id: "race",
    login_id: "race",
    type: "profile_delete",
    time: app.clock.now().getTime() + 1,
    properties: {},
  });
  expect((await person("user:race")).traits).toEqual({});
});

test("identities of every kind lead to one person, under their own namespaces", async () => {
  const identities = {
    ...{ $identity_login_id: "id3-1", $identity_mobile: "13912345672", $identity_email: "m@example.com" },
    ...{ $identity_cookie_id: "ck-1", $identity_mp_wxabc12345_openid: "o-1", club_card: "C-9" },
  };
  await send(item({ distinct_id: "id3-1", login_id: "id3-1", anonymous_id: "ck-1", identities }));
  const { id } = await person("user:id3-1");
  for (const other of [
    "phone:13912345672",
    "email:m@example.com",
    "anonymous:ck-1",
    "openid:wxabc12345",
    "club_card:C-9",
  ]) {
    const identifier = other === "openid:wxabc12345" ? `${other}:o-1` : other;
    expect([identifier, (await person(identifier)).id]).toEqual([identifier, id]);
  }
});

test("what was bound and is unbound parts, is joined when it is bound again, and an old request sent again changes neither", async () => {
  const at = app.clock.now().getTime() - 60_000;
  const bind = (time: number) =>
    item({
      ...{ type: "track_id_bind", event: "$BindID", time, distinct_id: "ub-1", login_id: "ub-1" },
      identities: { $identity_login_id: "ub-1", $identity_mobile: "13912345675" },
    });
  const unbind = item({
    ...{
      type: "track_id_unbind",
      event: "$UnbindID",
      time: at + 2000,
      distinct_id: "ub-1",
      login_id: "ub-1",
    },
    identities: { $identity_mobile: "13912345675" },
  });
  const isOne = async () => (await person("phone:13912345675")).id === (await person("user:ub-1")).id;
  await send(bind(at));
  expect(await isOne()).toBe(true);
  await send(unbind);
  expect(await isOne()).toBe(false);
  // Evidence that came with an event is weaker than the word that parted them.
  await send(
    item({ distinct_id: "ub-1", login_id: "ub-1", identities: { $identity_mobile: "13912345675" } }),
  );
  expect(await isOne()).toBe(false);
  await send(bind(at + 4000));
  expect(await isOne()).toBe(true);
  await send(unbind);
  expect(await isOne()).toBe(true);
});

test("what is said of goods becomes a product's record; other things are refused with a reason", async () => {
  const thing = (more: object) => ({ time: app.clock.now().getTime(), properties: {}, ...more });
  const answer = await send(
    thing({
      type: "item_set",
      item_type: "product",
      item_id: "F-1-900",
      properties: { $name: "一段奶粉", price: 268 },
    }),
    thing({ type: "item_set", item_type: "film", item_id: "1" }),
  );
  expect(answer.headers.get("x-stork-refused")).toBe("1");
  const { body } = await app.call<{ items: { fields: object }[] }>("GET", `${path}/records/product`);
  expect(JSON.stringify(body.items)).toContain("一段奶粉");
  expect((await tail()).filter((one) => one.outcome === "refused")).toMatchObject([
    { code: "collect/items-not-kept" },
  ]);
});
