import type { Overview } from "@stork/contract/outcomes.ts";
import type { TimelineEntry } from "@stork/contract/people.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  app,
  count,
  daysAgo,
  get,
  importFiles,
  item,
  now,
  open,
  path,
  post,
  preview,
  today,
  who,
} from "../rough-brand.ts";
import { whatMarketersWrite } from "../what-marketers-write.ts";

/**
 * What a shop really sends, through the whole app. Each kind of file and of body is tried more closely in
 * imports/imports.db.test.ts, events/collect.db.test.ts and messages/send.db.test.ts.
 */
beforeAll(open);
afterAll(() => app.close());

describe("what programs send", () => {
  test("half a JSON, ten megabytes and a wrong key are refused with words; nothing of them is kept", async () => {
    const half = await post('{"batch":[{"type":"track","userId":"half","event":"E"');
    expect([half.status, half.body.code]).toEqual([400, "collect/unreadable-body"]);
    const huge = await post({
      batch: [item("huge", { event: "E", properties: { text: "育".repeat(3_600_000) } })],
    });
    expect([huge.status, huge.body.code]).toEqual([413, "collect/body-too-large"]);
    const wrong = await post({ batch: [item("wrong", { event: "E" })] }, "wk_not_a_key", {
      "accept-language": "en",
    });
    expect([wrong.status, wrong.body.code]).toEqual([401, "collect/unknown-write-key"]);
    expect(wrong.body.title).toMatch(/write key/i);
    for (const user of ["half", "huge", "wrong"])
      expect((await app.call("GET", `${path}/persons?identifier=user:${user}`)).status).toBe(404);
    // The same at the management API.
    const api = (body: unknown, key = app.ownerKey) =>
      app.call<{ code: string }>("POST", `${path}/segments/count`, body, { key });
    expect((await api('{"where":')).body.code).toBe("request/malformed-json");
    expect((await api(`{"where":"${"x".repeat(10 * 1024 * 1024)}"}`)).body.code).toBe("request/too-large");
    expect((await api({ where: { kind: "all", of: [] } }, "sk_wrong")).body.code).toBe("access/unknown-key");
  });

  test("properties that nobody foresaw are kept, shown and can be asked for", async () => {
    const properties = {
      面料: "有机棉",
      nested: { deep: [1, { more: true }] },
      "weird key\n": 0,
      empty: null,
    };
    await post({ batch: [item("curious", { event: "Product Viewed", properties, unheardOf: { a: 1 } })] });
    const { id } = await who("curious");
    const { items } = await get<{ items: TimelineEntry[] }>(`/persons/${id}/timeline`);
    expect(items[0]?.properties).toMatchObject({ 面料: "有机棉", nested: { deep: [1, { more: true }] } });
    const where = {
      kind: "did",
      event: "Product Viewed",
      where: [{ property: "面料", op: "=", value: "有机棉" }],
    };
    expect((await count(where)).persons).toBe(1);
  });

  test("a birthday is the same day in five forms, and a time the same instant", async () => {
    const birthday = daysAgo(200).toISOString().slice(0, 10);
    const [year, month, day] = birthday.split("-") as [string, string, string];
    const forms = {
      iso: birthday,
      slashes: `${year}/${Number(month)}/${Number(day)}`,
      compact: `${year}${month}${day}`,
      instant: `${birthday}T00:00:00+08:00`,
      epoch: Date.parse(`${birthday}T00:00:00+08:00`) / 1000,
      milliseconds: Date.parse(`${birthday}T00:00:00+08:00`),
    };
    const noon = `${birthday}T12:00:00+08:00`;
    const times = [
      noon,
      Date.parse(noon),
      `${year}/${Number(month)}/${Number(day)} 12:00:00`,
      `${birthday} 12:00:00`,
      Date.parse(noon) / 1000,
    ];
    const { body } = await post({
      batch: [
        ...Object.entries(forms).map(([user, form]) =>
          item(user, { type: "identify", traits: { children: [{ birthday: form }] } }),
        ),
        ...times.map((timestamp) => item("times", { event: "Seen", timestamp })),
      ],
    });
    expect(body).toMatchObject({ accepted: 11 });
    for (const user of Object.keys(forms))
      expect([user, (await who(user)).children[0]?.bornOn]).toEqual([user, birthday]);
    const { items } = await get<{ items: TimelineEntry[] }>(`/persons/${(await who("times")).id}/timeline`);
    expect(items.map(({ at }) => Date.parse(at))).toEqual(times.map(() => Date.parse(noon)));
  });

  test("a birthday in 1884 or 2084 is kept and marked, and claims no stage", async () => {
    for (const [user, birthday] of [
      ["granny", "1884-05-01"],
      ["future", "2084-05-01"],
    ] as const) {
      await post({ batch: [item(user, { type: "identify", traits: { children: [{ birthday }] } })] });
      const { children } = await who(user);
      expect(children).toMatchObject([
        { bornOn: birthday, stage: null, next: null, marks: ["date-impossible"] },
      ]);
    }
    const ages = await count({ kind: "childAge", fromDays: -400, toDays: 10_000 });
    expect(ages.persons).toBe(6);
  });

  test("minus three pieces and ten thousand are kept and marked, and leave sums and averages alone", async () => {
    const order = (user: string, quantity: number, price: number) =>
      item(user, {
        event: "Order Completed",
        timestamp: now.toISOString(),
        properties: {
          order_id: `q-${user}`,
          revenue: quantity * price,
          products: [{ sku: "Q", category: "diapers", price, quantity }],
        },
      });
    await post({ batch: [order("plain", 2, 100), order("minus", -3, 100), order("wholesale", 10_000, 100)] });
    const marks: Record<string, string[] | undefined> = {};
    for (const user of ["plain", "minus", "wholesale"]) {
      const { items } = await get<{ items: TimelineEntry[] }>(`/persons/${(await who(user)).id}/timeline`);
      marks[user] = items[0]?.marks;
    }
    expect(marks).toEqual({
      plain: [],
      minus: expect.arrayContaining(["quantity-negative"]),
      wholesale: ["quantity-high"],
    });
    const { now: figures } = await get<Overview>(`/overview?from=${today}&to=${today}`);
    expect(figures).toMatchObject({ orders: 3, buyers: 3, gmvFen: 20_000 });
    const did = (more: object) => ({ kind: "did", event: "Order Completed", ...more });
    expect((await count(did({}))).persons).toBe(3);
    expect((await count(did({ sum: { property: "quantity", op: ">", value: 0 } }))).persons).toBe(1);
    expect((await count(did({ where: [{ property: "quantity", op: ">=", value: 10_000 }] }))).persons).toBe(
      1,
    );
  });

  test("a segment on a property nobody has counts none and says so", async () => {
    const answer = await count({
      kind: "did",
      event: "Order Completed",
      where: [{ property: "flavour", op: "=", value: "x" }],
    });
    expect(answer).toMatchObject({ persons: 0, warnings: [{ zh: expect.stringContaining("flavour") }] });
    expect((await count({ kind: "trait", key: "nobody", op: "exists" })).warnings).toHaveLength(1);
  });
});

test("a list of five thousand values is refused in words before it is tried; three hundred are counted", async () => {
  const list = (length: number) => Array.from({ length }, (_, i) => `v${i}`);
  const where = (length: number) => ({ kind: "trait", key: "tier", op: "in", value: list(length) });
  const long = await app.call("POST", `${path}/segments/count`, { where: where(5000) });
  expect(long).toMatchObject({
    status: 400,
    body: { code: "segments/invalid-condition", errors: [{ path: "where" }] },
  });
  const answer = await count(where(300));
  expect(answer.persons).toBe(0);
});

describe("what people upload", () => {
  const header = "user_id,birthday,gender\n";

  test("GBK that was once read as UTF-8 cannot be mended, and is not imported as it is", async () => {
    const lost = new TextDecoder("utf-8").decode(
      Buffer.from("d3c3bba74944 2cb3f6c9fac8d5c6da2cd0d4b1f0".replaceAll(" ", ""), "hex"),
    );
    const { files } = await preview(["乱码.csv", `${lost}\n1,2014/2/3,0\n`]);
    expect(files[0]?.problem?.zh).toMatch(/乱码/);
  });

  test("a workbook cut short and an empty file say what to do; good files beside them stay good", async () => {
    const workbook = Buffer.concat([
      Buffer.from("504b030414000600", "hex"),
      Buffer.alloc(4000, "[Content_Types].xml"),
    ]);
    const { files, upload } = await preview(
      ["表.csv", workbook],
      ["空.csv", ""],
      ["空白.csv", "\n\n \n"],
      ["好.csv", `${header}77,20140203,0\n`],
    );
    expect(files.map(({ problem }) => problem !== null)).toEqual([true, true, true, false]);
    expect(files[0]?.problem).toMatchObject({
      zh: expect.stringContaining("损坏"),
      en: expect.stringContaining("damaged"),
    });
    const refused = await app.call<{ code: string }>("POST", `${path}/imports`, {
      upload,
      preset: "ali-mum-baby",
    });
    expect([refused.status, refused.body.code]).toEqual([400, "imports/damaged"]);
  });

  test("the same file twice adds nothing: later, and in one upload", async () => {
    const file: [string, string] = ["k.csv", `${header}501,20140203,0\n502,20140204,1\n`];
    expect(await importFiles(file)).toMatchObject({ status: "done", added: 2, repeated: 0 });
    expect(await importFiles(file)).toMatchObject({ status: "done", added: 0, repeated: 2 });
    const trades: [string, string] = [
      "t.csv",
      "user_id,auction_id,category_2,category_1,buy_mount,day\n501,7,50,38,2,20140101\n",
    ];
    const twice = await importFiles(trades, ["t(1).csv", trades[1]]);
    expect(twice).toMatchObject({ status: "done", totals: { buyers: 1 } });
    const did = {
      kind: "did",
      event: "Order Completed",
      where: [{ property: "sku", op: "=", value: "7" }],
      count: { op: "=", value: 1 },
    };
    expect((await count(did)).persons).toBe(1);
  });
});

whatMarketersWrite();

test("a page left open over night finds its session expired: every call says signed out, in words", async () => {
  const link = new URL((await app.app.signInLink(true)) ?? "");
  const entered = await app.call("GET", link.pathname, undefined, { key: null });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const own = { key: null, headers: { cookie, origin: app.url } };
  expect((await app.call("GET", `${path}/segments`, undefined, own)).status).toBe(200);
  await sql`update session set "expiresAt" = now() - interval '1 minute'`.execute(app.engines.db);
  const expected = {
    status: 401,
    body: { code: "access/signed-out", title: expect.stringContaining("重新登录") },
  };
  expect(await app.call("GET", `${path}/segments`, undefined, own)).toMatchObject(expected);
  expect(
    await app.call("POST", `${path}/segments/count`, { where: { kind: "all", of: [] } }, own),
  ).toMatchObject(expected);
  expect(
    await app.call("GET", `${path}/families`, undefined, {
      key: null,
      headers: { cookie: "better-auth.session_token=x.y" },
    }),
  ).toMatchObject(expected);
  const session = await app.call("GET", "/api/v1/session", undefined, own);
  expect(session).toMatchObject({ status: 200, body: { user: null, workspaces: [] } });
});
