import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let fresh: WholeApp;
beforeAll(async () => {
  fresh = await wholeApp({ now: new Date().toISOString() });
});
afterAll(() => fresh.close());

test("an owner who started without the demo makes the first workspace", async () => {
  const link = new URL((await fresh.app.signInLink()) ?? "");
  const { headers } = await fresh.call("GET", link.pathname, undefined, { key: null });
  const cookie = headers.getSetCookie().map((one) => one.split(";")[0]);
  const own = { key: null, headers: { cookie: cookie.join("; "), origin: fresh.url } };
  const { body } = await fresh.call<{ workspaces: unknown[] }>("GET", "/api/v1/session", undefined, own);
  expect(body.workspaces).toEqual([]);
  const made = await fresh.call("POST", "/api/v1/workspaces", { slug: "sapling", name: "小树苗" }, own);
  expect(made).toMatchObject({ status: 201, body: { slug: "sapling", role: "owner" } });
});
