import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import {
  ApiKey,
  CreatedApiKey,
  InvitedMember,
  Member,
  type Role,
  Session,
  type Workspace,
} from "@stork/contract/access.ts";
import { pageOf } from "@stork/contract/common.ts";
import { Exports } from "@stork/contract/exports.ts";
import { DataKeys } from "@stork/contract/keys.ts";
import { DemoMailbox } from "@stork/contract/mailbox.ts";
import { Metric, Overview } from "@stork/contract/outcomes.ts";
import { FamilyPage, Person, RevealedPerson, Timeline } from "@stork/contract/people.ts";
import { type Answer, page, type Refused, type Route } from "./fixtures/answer.ts";
import { campaignRoutes } from "./fixtures/campaigns.ts";
import { daysAgo } from "./fixtures/chance.ts";
import { childrenRoutes } from "./fixtures/children.ts";
import { dictionaryRoutes } from "./fixtures/dictionary.ts";
import { exports } from "./fixtures/exports.ts";
import { makeFamilies, makePerson, makeTimeline } from "./fixtures/families.ts";
import { identityRoutes } from "./fixtures/identity.ts";
import { importRoutes } from "./fixtures/imports.ts";
import { journeyRoutes } from "./fixtures/journeys.ts";
import { linkingRoutes } from "./fixtures/linking.ts";
import { makeOverview } from "./fixtures/outcomes.ts";
import { privacyRoutes } from "./fixtures/privacy.ts";
import { qualityRoutes } from "./fixtures/quality.ts";
import { quarantineRoutes } from "./fixtures/quarantine.ts";
import * as rooms from "./fixtures/rooms.ts";
import { segmentRoutes } from "./fixtures/segments.ts";
import { sourceRoutes } from "./fixtures/sources.ts";
import { storageRoutes } from "./fixtures/storage.ts";
import { webhookRoutes } from "./fixtures/webhooks.ts";

/**
 * Answers the console with made-up but contract-valid data, so that its states can be looked at without a server.
 * The workspace says which: `demo` full, `viewer` full to a viewer, `empty`, `slow` never answers, `broken` fails.
 */
export interface Fixtures {
  url: string;
  close(): Promise<void>;
}

const slugs: Record<string, { name: string; role: Role }> = {
  demo: { name: "小树苗母婴", role: "owner" },
  viewer: { name: "小树苗（只读）", role: "viewer" },
  empty: { name: "新品牌", role: "owner" },
  slow: { name: "慢工作区", role: "owner" },
  broken: { name: "出错的工作区", role: "owner" },
};
const workspaces: Workspace[] = Object.entries(slugs).map(([slug, one], i) => ({
  id: String(i + 1),
  slug,
  ...one,
  timeZone: "Asia/Shanghai",
  createdAt: daysAgo(400),
}));
const families = makeFamilies(320);

const routes: Route[] = [
  [
    "GET",
    /^\/overview$/,
    ({ query, workspace }) => [Overview, workspace === "empty" ? emptyOverview(query) : makeOverview(query)],
  ],
  ["GET", /^\/metrics$/, () => [pageOf(Metric), page(metrics)]],
  ["GET", /^\/mailbox$/, () => [DemoMailbox, { items: [], total: 0 }]],
  [
    "GET",
    /^\/families$/,
    ({ query, workspace }) => [
      FamilyPage,
      workspace === "empty" ? { items: [], next: null, total: 0 } : familyPage(query),
    ],
  ],
  ["GET", /^\/persons\/(\w+)$/, (_, id) => person(id)],
  ...childrenRoutes((id) => makePerson(families.find((one) => one.person === id) ?? families[0]!)),
  ...identityRoutes,
  ...linkingRoutes,
  [
    "POST",
    /^\/persons\/(\w+)\/reveal$/,
    (_, id) => [
      RevealedPerson,
      {
        id,
        name: "王小雨",
        identifiers: [{ namespace: "phone", value: "13800005271" }],
        traits: { address: "西湖区示例路 1 号" },
        children: [],
      },
    ],
  ],
  ...privacyRoutes,
  ["GET", /^\/persons\/\w+\/timeline$/, () => [Timeline, page(makeTimeline())]],
  ...segmentRoutes(families),
  ...campaignRoutes,
  ...importRoutes,
  ...sourceRoutes,
  ...storageRoutes,
  ...journeyRoutes,
  ...webhookRoutes,
  ...qualityRoutes,
  ...dictionaryRoutes,
  ...quarantineRoutes,
  ["GET", /^\/members$/, () => [pageOf(Member), page(rooms.members)]],
  [
    "POST",
    /^\/members$/,
    () => [InvitedMember, { ...rooms.members[2], signInLink: "http://127.0.0.1:7180/sign-in?link=example" }],
  ],
  ["GET", /^\/keys$/, ({ workspace }) => [pageOf(ApiKey), page(workspace === "empty" ? [] : rooms.keys)]],
  [
    "GET",
    /^\/exports$/,
    ({ workspace }) => [
      Exports,
      { items: workspace === "empty" ? [] : exports, next: null, waiting: workspace === "empty" ? 0 : 1 },
    ],
  ],
  ["GET", /^\/data-keys$/, () => [DataKeys, rooms.dataKeys]],
  ["POST", /^\/keys$/, () => [CreatedApiKey, { ...rooms.keys[0], key: "stk_8f2a_example_only_shown_once" }]],
  ["DELETE", /.*/, () => "nothing"],
  ["PATCH", /.*/, () => "nothing"],
];

const metrics: Metric[] = [
  {
    id: "gmv",
    name: { zh: "成交额", en: "GMV" },
    unit: "fen",
    definition: { zh: "范围内订单金额之和。", en: "The sum of the orders in the range." },
  },
];

function familyPage(query: URLSearchParams) {
  const stage = query.get("stage")?.split(",") ?? [];
  const hits = families.filter(
    (one) =>
      stage.length === 0 ||
      one.children.some(
        ({ stage: at, confidence = 1 }) =>
          at !== null && stage.includes(at) && confidence >= Number(query.get("inferred") ?? 1),
      ),
  );
  const start = Number(query.get("after") ?? 0);
  return {
    items: hits.slice(start, start + 50),
    next: start + 50 < hits.length ? String(start + 50) : null,
    total: hits.length,
  };
}

function person(id: string): Answer {
  const row = families.find((one) => one.person === id);
  return row === undefined ? missing : [Person, makePerson(row)];
}
const missing = {
  status: 404,
  code: "people/unknown-person",
  title: "没有这个用户",
  detail: "可能已被合并或删除。",
};
function emptyOverview(query: URLSearchParams): Overview {
  const full = makeOverview(query);
  return {
    ...full,
    newestEventAt: null,
    now: { gmvFen: 0, orders: 0, buyers: 0, repeatRate: null, newFamilies: 0, messages: 0, optOuts: 0 },
    categories: [],
  };
}

export async function startFixtures(dist: string, port = 0): Promise<Fixtures> {
  const server = createServer((request, response) => void answer(request, response, dist));
  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, dist: string): Promise<void> {
  const url = new URL(request.url ?? "/", "http://fixtures");
  const json = (status: number, body: unknown, type = "application/json") => {
    response.writeHead(status, { "content-type": type });
    response.end(body === undefined ? "" : JSON.stringify(body));
  };
  const problem = (one: Refused) =>
    json(one.status, { type: "about:blank", ...one }, "application/problem+json");
  if (!url.pathname.startsWith("/api/")) return serveFile(url.pathname, response, dist);
  const body = await readBody(request);
  const signedIn = request.headers.cookie?.includes("fixture=in") ?? false;
  if (url.pathname === "/api/auth/sign-in/email") {
    if (body["password"] !== "correct horse")
      return problem({ status: 401, code: "access/wrong-password", title: "邮箱或密码不对" });
    response.setHeader("set-cookie", "fixture=in; path=/");
    return json(200, {});
  }
  if (url.pathname === "/api/auth/sign-out") {
    response.setHeader("set-cookie", "fixture=; path=/; max-age=0");
    return json(200, {});
  }
  if (url.pathname === "/api/v1/session") {
    const user = signedIn ? { id: "me", name: "林悦", email: "linyue@example.cn" } : null;
    return json(200, Session.parse({ user, workspaces: signedIn ? workspaces : [], version: "0.1.0" }));
  }
  if (!signedIn) return problem({ status: 401, code: "access/signed-out", title: "请先登录" });
  const [, workspace = "", path = ""] = /^\/api\/v1\/workspaces\/([\w-]+)(\/.*)$/.exec(url.pathname) ?? [];
  if (workspace === "slow") return;
  if (workspace === "broken")
    return problem({
      status: 500,
      code: "server/unexpected",
      title: "服务器没有完成这个请求",
      detail: "数据引擎没有回答。",
    });
  for (const [method, pattern, give] of routes) {
    const match = request.method === method ? pattern.exec(path) : null;
    if (match === null) continue;
    const reply = give({ method, path, query: url.searchParams, body, workspace }, match[1] ?? "");
    if (reply === "nothing") return json(204, undefined);
    return Array.isArray(reply) ? json(200, reply[0].parse(reply[1])) : problem(reply);
  }
  problem({ status: 404, code: "request/no-route", title: `no fixture for ${request.method} ${path}` });
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
  } catch {
    return {};
  }
}

const types: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".svg": "image/svg+xml",
};
async function serveFile(path: string, response: ServerResponse, dist: string): Promise<void> {
  const file = extname(path) === "" ? "index.html" : path;
  try {
    const content = await readFile(join(dist, file));
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}
