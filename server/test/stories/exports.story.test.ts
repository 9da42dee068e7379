import type { Export } from "@stork/contract/exports.ts";
import type { LoggedLooks } from "@stork/contract/looks.ts";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../staff.ts";
import { type CallOptions, type WholeApp, wholeApp } from "../whole-app.ts";

let app: WholeApp;
let path: string;
let segment: string;
let marketer: CallOptions;
let compliance: CallOptions;
const day = "2026-06-01T03:00:00.000Z";

beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T04:00:00Z" });
  const brand = await app.brand("sapling");
  path = brand.path;
  const mothers = ["欧阳兰", "=HYPERLINK(1)", "慕容静"].map((name, i) => ({
    ...{ type: "identify", userId: `m${i}`, messageId: `m${i}`, timestamp: day },
    traits: { name, phone: `1391234567${i}`, city: "杭州市", consents: { sharing: true } },
  }));
  await app.collect(brand.writeKey, mothers);
  marketer = await signInAs(app, path, "marketer");
  compliance = await signInAs(app, path, "compliance");
  for (const i of [0, 1, 2]) await consent(`m${i}`, "granted");
  const where = { kind: "trait", key: "city", op: "=", value: "杭州市" };
  segment = (await app.call<{ id: string }>("POST", `${path}/segments`, { name: "杭州", where })).body.id;
});
afterAll(() => app.close());

async function consent(user: string, state: "granted" | "withdrawn"): Promise<void> {
  const { body } = await app.call<{ id: string }>("GET", `${path}/persons?identifier=user:${user}`);
  const said = { purpose: "sharing", state };
  const { status } = await app.call("POST", `${path}/persons/${body.id}/consents`, said);
  expect(status).toBeLessThan(300);
}

const ask = (values: "masked" | "whole", options: CallOptions) =>
  app.call<Export>(
    "POST",
    `${path}/exports`,
    {
      ...{ segment, values, purpose: "sharing", why: "给合作摄影店的到店名单" },
      columns: ["person", "name", "identifier:phone", "trait:city"],
    },
    options,
  );
const decide = (id: string, word: "approve" | "refuse", options: CallOptions) =>
  app.call<Export & { code?: string }>("POST", `${path}/exports/${id}/${word}`, {}, options);
const take = (id: string, options: CallOptions) =>
  app.call<string & { code?: string }>("GET", `${path}/exports/${id}/people.csv`, undefined, options);
const cells = (csv: string): string[][] =>
  csv
    .replace("\uFEFF", "")
    .trimEnd()
    .split("\r\n")
    .map((line) => line.split(",").slice(1));

test("masked values are ready at once, for whoever asked", async () => {
  const { status, body } = await ask("masked", marketer);
  expect([status, body.state]).toEqual([201, "ready"]);
  const csv = await take(body.id, marketer);
  expect(cells(csv.body)).toEqual([
    ["name", "identifier:phone", "trait:city"],
    ["欧**", "139****5670", "杭州市"],
    // A spreadsheet would carry this one out.
    ["'=**", "139****5671", "杭州市"],
    ["慕**", "139****5672", "杭州市"],
  ]);
  expect((await take(body.id, compliance)).status).toBe(403);
});

test("whole values wait for a second person, and every look is written down", async () => {
  const { body } = await ask("whole", marketer);
  expect(body.state).toBe("waiting");
  expect(await take(body.id, marketer)).toMatchObject({ status: 409, body: { code: "exports/not-ready" } });
  // Neither the one who asked nor a program is a second person.
  expect((await decide(body.id, "approve", marketer)).status).toBe(403);
  expect(await decide(body.id, "approve", {})).toMatchObject({
    status: 403,
    body: { code: "access/users-only" },
  });
  expect((await decide(body.id, "approve", compliance)).body.state).toBe("ready");
  expect((await decide(body.id, "refuse", compliance)).status).toBe(409);
  const csv = await take(body.id, marketer);
  expect(cells(csv.body).map((row) => row[1])).toEqual([
    "identifier:phone",
    "+8613912345670",
    "+8613912345671",
    "+8613912345672",
  ]);
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from reveal_log where what = ${`export ${body.id}`}`.execute(app.engines.db);
  expect(rows[0]?.count).toBe(3);
  // Whoever has to answer for it reads it as one line, and under each person.
  const looks = async (query = "") =>
    (await app.call<LoggedLooks>("GET", `${path}/looks${query}`, undefined, compliance)).body.items.filter(
      ({ who }) => who.startsWith("user:"),
    );
  const line = {
    what: { en: `The people of export ${body.id}, whole` },
    who: expect.stringMatching(/^user:/),
  };
  expect(await looks()).toMatchObject([{ ...line, persons: 3, person: null }]);
  const { body: first } = await app.call<{ id: string }>("GET", `${path}/persons?identifier=user:m0`);
  await app.call("POST", `${path}/persons/${first.id}/reveal`, undefined, compliance);
  const face = { id: first.id, name: "欧**", phone: "139****5670" };
  expect(await looks(`?person=${first.id}`)).toMatchObject([
    { what: { en: "Her page, with the masks lifted" }, person: face },
    { ...line, person: face },
  ]);
  expect((await app.call("GET", `${path}/looks`, undefined, marketer)).status).toBe(403);
  const [shown] = (await app.call<{ items: Export[] }>("GET", `${path}/exports`)).body.items;
  expect(shown?.taken).toMatchObject([{ rows: 3, complete: true }]);
});

test("whoever asked for whole values cannot let them out herself, though she may decide on others'", async () => {
  const owner = await signInAs(app, path, "owner");
  const { body } = await ask("whole", owner);
  expect(await decide(body.id, "approve", owner)).toMatchObject({
    status: 403,
    body: { code: "exports/second-person" },
  });
  expect((await decide(body.id, "refuse", compliance)).body.state).toBe("refused");
  expect((await take(body.id, owner)).status).toBe(409);
});

test("who withdraws is not in the next taking of the same export", async () => {
  const { body } = await ask("masked", marketer);
  expect(cells((await take(body.id, marketer)).body)).toHaveLength(4);
  await consent("m1", "withdrawn");
  expect(cells((await take(body.id, marketer)).body).map((row) => row[0])).toEqual(["name", "欧**", "慕**"]);
  const { body: after } = await app.call<Export>("GET", `${path}/exports/${body.id}`, undefined, marketer);
  expect(after.taken[0]).toMatchObject({ rows: 2, left: { withdrawn: 1 } });
});

test("an export ends by itself", async () => {
  const { body } = await ask("whole", marketer);
  await decide(body.id, "approve", compliance);
  app.clock.advance(25 * 3_600_000);
  expect(await take(body.id, marketer)).toMatchObject({ status: 409, body: { code: "exports/not-ready" } });
});
