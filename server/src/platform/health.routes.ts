import type { FastifyInstance } from "fastify";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";
import { z } from "zod";
import type { ClickHouse } from "./clickhouse.ts";
import type { Postgres } from "./postgres.ts";
import { publicRoute } from "./workspace-route.ts";

export interface HealthDeps {
  postgres: Pick<Postgres, "ping">;
  clickhouse: Pick<ClickHouse, "ping">;
  version: string;
  /** The room left where the data is. */
  freeBytes: () => number;
}

/** Below this the engines begin to refuse writes. */
const leastFreeBytes = 20 * 1024 * 1024;

const Engine = z.enum(["ok", "away"]);
const Health = z.object({
  status: z.enum(["ok", "degraded"]),
  version: z.string(),
  engines: z.object({ postgres: Engine, clickhouse: Engine }),
  disk: z.enum(["ok", "full"]),
});

export function healthRoutes(http: FastifyInstance, deps: HealthDeps): void {
  publicRoute(
    http,
    { method: "GET", path: "/api/v1/health", summary: "Whether both engines answer", reply: Health },
    async ({ reply }) => {
      const [postgres, clickhouse] = await Promise.all([answers(deps.postgres), answers(deps.clickhouse)]);
      const disk = deps.freeBytes() < leastFreeBytes ? "full" : "ok";
      const status = postgres === "ok" && clickhouse === "ok" && disk === "ok" ? "ok" : "degraded";
      const health = { status, version: deps.version, engines: { postgres, clickhouse }, disk } as const;
      if (status === "degraded") await reply.code(503).serializer(JSON.stringify).send(health);
      return health;
    },
  );
  metricsRoute(http);
}

async function answers(engine: { ping(): Promise<boolean> }): Promise<"ok" | "away"> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), 3000);
  });
  const answered = await Promise.race([engine.ping().catch(() => false), patience]);
  clearTimeout(timer);
  return answered ? "ok" : "away";
}

function metricsRoute(http: FastifyInstance): void {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const labelNames = ["method", "route", "status"];
  const requests = new Counter({
    name: "stork_http_requests_total",
    help: "Requests answered",
    labelNames,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: "stork_http_request_seconds",
    help: "Time from the request's headers to the answer",
    labelNames: ["method", "route"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  // A series is looked up by a text made of its labels; every request would make two of them.
  const counted = remembered((method, route, status) => requests.labels({ method, route, status }));
  const timed = remembered((method, route) => seconds.labels({ method, route }));
  http.addHook("onResponse", (request, reply, done) => {
    // The pattern, not the address: a label must not grow with its visitors, nor hold what an address may hold.
    const route = request.routeOptions.url ?? "none";
    counted(request.method, route, reply.statusCode).inc();
    timed(request.method, route, 0).observe(reply.elapsedTime / 1000);
    done();
  });
  http.get("/metrics", { schema: { hide: true } }, async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
}

type Series<One> = (method: string, route: string, status: number) => One;

function remembered<One>(make: Series<One>): Series<One> {
  const known = new Map<string, Map<string, Map<number, One>>>();
  return (method, route, status) => {
    const found = known.get(method)?.get(route)?.get(status);
    if (found !== undefined) return found;
    const made = make(method, route, status);
    const byRoute = known.get(method) ?? new Map<string, Map<number, One>>();
    const byStatus = byRoute.get(route) ?? new Map<number, One>();
    known.set(method, byRoute.set(route, byStatus.set(status, made)));
    return made;
  };
}
