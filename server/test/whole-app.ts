import { buildApp } from "../src/main.ts";
import { newSecret } from "../src/platform/crypto.ts";
import type { App } from "../src/platform/instance.ts";
import { type JobRunner, startJobs } from "../src/platform/jobs.ts";
import type { Log } from "../src/platform/log.ts";
import { type TestEngines, testEngines } from "./engines.ts";

export interface Reply<Body = unknown> {
  status: number;
  body: Body;
  headers: Headers;
}

export interface WholeApp {
  app: App;
  engines: TestEngines;
  clock: TestEngines["clock"];
  url: string;
  /** An owner's key for every workspace. */
  ownerKey: string;
  /** Speaks to the app over HTTP, as the owner unless another key (or null, nobody) is given. */
  call<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    options?: CallOptions,
  ): Promise<Reply<Body>>;
  /** Makes a workspace and a source; answers what a story needs to send events. */
  brand(slug: string): Promise<{ path: string; writeKey: string }>;
  /** Segment events by a source's write key; throws unless all were accepted. */
  collect(writeKey: string, events: readonly object[]): Promise<void>;
  /** Runs the background work that is due by the clock, until none is left; answers how much there was. */
  runJobs(): Promise<number>;
  /** Runs one task now, by its name, whether it is due or not. */
  runTask(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface CallOptions {
  key?: string | null;
  headers?: Record<string, string>;
}

export interface WholeAppOptions {
  now?: string;
  /** true: background work runs by itself in real time, as in the server. */
  liveJobs?: boolean;
  /** The built console, when the story is told in a browser. */
  consoleDir?: string;
  /** Where the app writes its log; nowhere unless told. */
  log?: Log;
}

/** The whole composed app on a free port, on this file's own engines, with a clock that stands still. */
export async function wholeApp(options: WholeAppOptions = {}): Promise<WholeApp> {
  const { now, liveJobs = false, log, consoleDir = null } = options;
  const engines = await testEngines(now === undefined ? {} : { now });
  const ownerKey = newSecret("sk_test_");
  let url = "http://127.0.0.1";
  const app = await buildApp({
    ...engines,
    log: log ?? engines.log,
    cluster: null,
    dataDir: engines.dir,
    coldBucket: null,
    ownerKeys: [ownerKey],
    publicUrl: () => url,
    consoleDir,
  });
  url = await app.http.listen({ host: "127.0.0.1", port: 0 });
  let runner: JobRunner | undefined;
  if (liveJobs) runner = await startJobs(engines.postgres.pool, app.tasks, engines.log, { patienceMs: 500 });

  const call: WholeApp["call"] = async (method, path, body, { key = ownerKey, headers = {} } = {}) => {
    const response = await fetch(url + path, {
      method,
      redirect: "manual",
      headers: {
        ...(key === null ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      body: (json ? JSON.parse(text) : text) as never,
    };
  };
  return {
    app,
    engines,
    clock: engines.clock,
    url,
    ownerKey,
    call,
    async brand(slug) {
      const path = `/api/v1/workspaces/${slug}`;
      await sure(call("POST", "/api/v1/workspaces", { slug, name: slug }));
      const source = await sure(
        call<{ writeKey: string }>("POST", `${path}/sources`, { kind: "http", name: "shop" }),
      );
      return { path, writeKey: source.body.writeKey };
    },
    async collect(writeKey, events) {
      const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
      const reply = await sure(
        call<{ rejected?: unknown[] }>(
          "POST",
          "/v1/batch",
          { batch: events },
          { key: null, headers: { authorization } },
        ),
      );
      if (reply.body.rejected?.length) throw new Error(`refused: ${JSON.stringify(reply.body.rejected)}`);
    },
    runJobs: () => engines.runJobs(app.tasks),
    async runTask(name) {
      const task = app.tasks[name];
      if (task === undefined) throw new Error(`no task ${name}`);
      await task({}, { jobId: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal });
    },
    async close() {
      app.http.server.closeAllConnections();
      await app.http.close();
      await runner?.stop();
      await app.stop();
      await engines.close();
    },
  };
}

async function sure<Body>(asked: Promise<Reply<Body>>): Promise<Reply<Body>> {
  const reply = await asked;
  if (reply.status >= 300) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply;
}
