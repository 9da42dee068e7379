import { Writable } from "node:stream";
import { type Scope, scopesOf } from "@stork/contract/access.ts";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Identifier } from "../../src/people/identity.ts";
import { openPeople, type People } from "../../src/people/people.store.ts";
import { timestamp } from "../../src/people/timestamp.ts";
import { createHttp } from "../../src/platform/http.ts";
import { findWorkspace, type WorkspaceRef } from "../../src/platform/workspaces.store.ts";
import { familiesRoutes } from "../../src/profiles/families.routes.ts";
import { personsRoutes } from "../../src/profiles/persons.routes.ts";
import { type TestEngines, testEngines, testWorkspace } from "../engines.ts";

export const phone = "13912345671";
export const name = "欧阳小明";
export const email = "ouyang.xm@example.cn";
export const street = "文一路 88 号";

export const at = new Date("2026-05-01T00:00:00Z");

/** One server with the pages of persons and families, and a workspace of its own for every test. */
export type ProfilesWorld = ReturnType<typeof profilesWorld>;

export function profilesWorld() {
  let engines: TestEngines;
  let people: People;
  let http: FastifyInstance;
  let workspace: WorkspaceRef;
  let logged = "";
  let scopes: ReadonlySet<Scope> = new Set(scopesOf.owner);

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

  return {
    get engines() {
      return engines;
    },
    get people() {
      return people;
    },
    get http() {
      return http;
    },
    get workspace() {
      return workspace;
    },
    get logged() {
      return logged;
    },
    /** From here on, whoever asks may only do this. */
    allow(only: ReadonlySet<Scope>) {
      scopes = only;
    },
    enter(other: WorkspaceRef) {
      workspace = other;
    },
    ...{ ask, resolve, aFamily },
  };
}
