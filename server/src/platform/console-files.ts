import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";

/** The built console. Every address that is not the API's is one of its pages, so that links can be shared. */
export async function serveConsole(app: FastifyInstance, dir: string): Promise<void> {
  const built = existsSync(join(dir, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: dir,
      wildcard: false,
      index: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Names of assets carry their content's hash; the page that names them must be asked for each time.
        const forever = path.includes(`${join(dir, "assets")}`);
        reply.header("cache-control", forever ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isPage(request)) throw new Refusal(refusals.notFound);
    if (built) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return reply
      .code(503)
      .type("text/plain; charset=utf-8")
      .send("控制台尚未构建：请用 npm start 启动。\nThe console is not built: start with npm start.\n");
  });
}

const isPage = (request: FastifyRequest): boolean =>
  (request.method === "GET" || request.method === "HEAD") &&
  !/^\/(api|v1|assets|metrics|t|u)(\/|$)/.test(request.url.split("?")[0] ?? "") &&
  /text\/html|\*\/\*/.test(request.headers.accept ?? "*/*");
