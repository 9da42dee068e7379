import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../whole-app.ts";

let shop: WholeApp;
let brand: { path: string; writeKey: string };
beforeAll(async () => {
  shop = await wholeApp({ now: new Date().toISOString() });
  brand = await shop.brand("brand");
});
afterAll(() => shop.close());

const cookieOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

/** Spends a one-time link, as a browser does. */
async function follow(link: string): Promise<string> {
  const { pathname } = new URL(link);
  const reply = await shop.call("GET", pathname, undefined, { key: null });
  expect(reply.status).toBe(302);
  return cookieOf(reply.headers);
}

describe("the owner", () => {
  test("signs in once by the link of the first start", async () => {
    const link = (await shop.app.signInLink()) ?? "";
    const cookie = await follow(link);
    const session = await shop.call<{
      user: { email: string };
      workspaces: { slug: string; role: string }[];
    }>("GET", "/api/v1/session", undefined, { key: null, headers: { cookie } });
    expect(session.body.user.email).toBe("owner@stork.local");
    expect(session.body.workspaces).toMatchObject([{ slug: "brand", role: "owner" }]);
    const again = await shop.call<string>("GET", new URL(link).pathname, undefined, { key: null });
    expect(again.status).toBe(410);
    expect(again.body).toContain("登录链接已失效");
  });

  test("sets a password, signs in with it, and is offered no link any more", async () => {
    const cookie = await follow((await shop.app.signInLink()) ?? "");
    const own = { key: null, headers: { cookie, origin: shop.url } };
    expect((await shop.call("POST", "/api/v1/session/password", { password: "short" }, own)).status).toBe(
      400,
    );
    expect(
      (await shop.call("POST", "/api/v1/session/password", { password: "a long pass phrase" }, own)).status,
    ).toBe(204);
    expect(await shop.app.signInLink()).toBeNull();
    const entry = { email: "owner@stork.local", password: "a long pass phrase" };
    const signedIn = await shop.call("POST", "/api/auth/sign-in/email", entry, {
      key: null,
      headers: { origin: shop.url },
    });
    expect(signedIn.status).toBe(200);
    const headers = { cookie: cookieOf(signedIn.headers), origin: shop.url };
    expect((await shop.call("GET", `${brand.path}/members`, undefined, { key: null, headers })).status).toBe(
      200,
    );
    expect((await shop.call("POST", "/api/auth/sign-out", {}, { key: null, headers })).status).toBe(200);
    const after = await shop.call("GET", `${brand.path}/members`, undefined, { key: null, headers });
    expect(after).toMatchObject({ status: 401, body: { code: "access/signed-out" } });
  });

  test("nobody signs up by himself", async () => {
    const form = { email: "x@example.com", password: "a long pass phrase", name: "x" };
    const reply = await shop.call("POST", "/api/auth/sign-up/email", form, {
      key: null,
      headers: { origin: shop.url },
    });
    expect(reply.status).toBeGreaterThanOrEqual(400);
  });

  test("a page of another site cannot write with the owner's cookie", async () => {
    const cookie = await follow((await shop.app.signInLink(true)) ?? "");
    const from = (headers: Record<string, string>) =>
      shop.call(
        "POST",
        "/api/v1/workspaces",
        { slug: "evil" },
        { key: null, headers: { cookie, ...headers } },
      );
    expect(await from({ origin: "https://evil.example" })).toMatchObject({
      status: 403,
      body: { code: "request/other-origin" },
    });
    expect((await from({ origin: "null" })).status).toBe(403);
    expect((await from({ "sec-fetch-site": "cross-site" })).status).toBe(403);
  });
});

describe("members", () => {
  test("a viewer reads, and may change nothing", async () => {
    const invited = await shop.call<{ id: string; signInLink: string }>("POST", `${brand.path}/members`, {
      name: "小王",
      email: "Viewer@example.com",
      role: "viewer",
    });
    expect(invited.status).toBe(201);
    const headers = { cookie: await follow(invited.body.signInLink), origin: shop.url };
    expect((await shop.call("GET", `${brand.path}/members`, undefined, { key: null, headers })).status).toBe(
      200,
    );
    const sources = await shop.call("POST", `${brand.path}/sources`, { name: "x" }, { key: null, headers });
    expect(sources).toMatchObject({ status: 403, body: { code: "access/not-allowed" } });
    expect(
      (await shop.call("POST", "/api/v1/workspaces", { slug: "own" }, { key: null, headers })).status,
    ).toBe(403);
    expect((await shop.call("DELETE", `${brand.path}/members/${invited.body.id}`)).status).toBe(204);
    const out = await shop.call("GET", `${brand.path}/members`, undefined, { key: null, headers });
    expect(out).toMatchObject({ status: 404, body: { code: "access/unknown-workspace" } });
  });

  test("the last owner stays", async () => {
    const { body } = await shop.call<{ items: { id: string; role: string }[] }>(
      "GET",
      `${brand.path}/members`,
    );
    const owner = body.items.find(({ role }) => role === "owner");
    const reply = await shop.call("PATCH", `${brand.path}/members/${owner?.id}`, { role: "viewer" });
    expect(reply).toMatchObject({ status: 409, body: { code: "access/last-owner" } });
  });
});

describe("keys", () => {
  test("a key does what its scopes say, in its workspace, until it is revoked", async () => {
    const made = await shop.call<{ id: string; key: string; prefix: string }>("POST", `${brand.path}/keys`, {
      name: "robot",
      scopes: ["settings:read"],
    });
    expect(made.status).toBe(201);
    const { key, prefix, id } = made.body;
    expect(key.startsWith(prefix)).toBe(true);
    await shop.brand("other");
    const ask = (path: string, method = "GET", body?: object) =>
      shop.call<{ code?: string }>(method, path, body, { key });
    expect((await ask(`${brand.path}/keys`)).status).toBe(200);
    expect((await ask(`${brand.path}/sources`)).body.code).toBe("access/not-allowed");
    expect((await ask("/api/v1/workspaces/other/keys")).body.code).toBe("access/unknown-workspace");
    expect((await ask("/api/v1/workspaces", "POST", { slug: "mine" })).status).toBe(403);
    expect((await shop.call("DELETE", `${brand.path}/keys/${id}`)).status).toBe(204);
    expect((await ask(`${brand.path}/keys`)).body.code).toBe("access/unknown-key");
  });
});

describe("refusals", () => {
  test("speak the caller's language, as problem+json", async () => {
    const zh = await shop.call<{ title: string; code: string }>("GET", "/api/v1/workspaces/none/members");
    expect(zh).toMatchObject({
      status: 404,
      body: { code: "access/unknown-workspace", title: "没有这个工作区，或您不在其中。" },
    });
    expect(zh.headers.get("content-type")).toContain("application/problem+json");
    const en = await shop.call<{ title: string }>("GET", "/api/v1/workspaces/none/members", undefined, {
      headers: { "accept-language": "en-GB,en;q=0.9,zh;q=0.8" },
    });
    expect(en.body.title).toContain("no such workspace");
  });

  test("name what is wrong with a request", async () => {
    const invalid = await shop.call("POST", "/api/v1/workspaces", { slug: "Not A Slug" });
    expect(invalid).toMatchObject({
      status: 400,
      body: { code: "request/invalid", errors: [{ path: "body.slug" }] },
    });
    const malformed = await shop.call("POST", "/api/v1/workspaces", "{");
    expect(malformed).toMatchObject({ status: 400, body: { code: "request/malformed-json" } });
    const large = await shop.call("POST", "/api/v1/workspaces", `{"slug":"${"a".repeat(1_100_000)}"}`);
    expect(large).toMatchObject({ status: 413, body: { code: "request/too-large" } });
    const taken = await shop.call("POST", "/api/v1/workspaces", { slug: "brand" });
    expect(taken).toMatchObject({ status: 409, body: { code: "access/slug-taken" } });
    const nobody = await shop.call("GET", `${brand.path}/members`, undefined, { key: null });
    expect(nobody).toMatchObject({ status: 401, body: { code: "access/signed-out" } });
    const wrongKey = await shop.call("GET", `${brand.path}/members`, undefined, { key: "sk_wrong" });
    expect(wrongKey).toMatchObject({ status: 401, body: { code: "access/unknown-key" } });
    expect((await shop.call("GET", "/api/v1/nothing")).status).toBe(404);
  });
});

test("health, metrics and the interface's documentation are there", async () => {
  expect((await shop.call("GET", "/api/v1/health", undefined, { key: null })).body).toMatchObject({
    status: "ok",
  });
  const metrics = await shop.call<string>("GET", "/metrics", undefined, { key: null });
  expect(metrics.body).toMatch(
    /^stork_http_requests_total\{method="GET",route="\/api\/v1\/health",status="200"\} [1-9]/m,
  );
  expect(metrics.body).toMatch(
    /^stork_http_request_seconds_count\{method="GET",route="\/api\/v1\/health"\} [1-9]/m,
  );
  const api = await shop.call<{ openapi: string; paths: object }>("GET", "/api/v1/openapi.json");
  expect(api.body.openapi).toBe("3.1.0");
  expect(Object.keys(api.body.paths)).toContain("/api/v1/workspaces/{workspace}/members");
});
