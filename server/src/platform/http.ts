import cookie from "@fastify/cookie";
import multipart from "@fastify/multipart";
import swagger from "@fastify/swagger";
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import { jsonSchemaTransform, serializerCompiler } from "fastify-type-provider-zod";
import type { Access } from "./access.ts";
import { serveConsole } from "./console-files.ts";
import type { Log } from "./log.ts";
import { answerTo, languageOf } from "./problem.ts";
import { Refusal } from "./refusal.ts";
import { refusals } from "./refusals.ts";
import { validatorCompiler } from "./validator.ts";

export interface HttpOptions {
  log: Log;
  version: string;
  access: Access;
  /** The built console; null where there is none (tests). */
  consoleDir: string | null;
}

/** What Fastify itself says at level info is that it listens: people are told so in plain words, when all is ready. */
const withoutNews = (log: Log): Log => log.child({}, { level: log.level === "info" ? "warn" : log.level });

/** The server before any route: parsing, the one error mapper, documentation, the console's files. */
export async function createHttp({
  log,
  version,
  access,
  consoleDir,
}: HttpOptions): Promise<FastifyInstance> {
  const app: FastifyInstance = fastify({
    loggerInstance: withoutNews(log) as FastifyBaseLogger,
    // A line per request would cost the collect path a tenth of its speed and tell little that metrics do not.
    logController: new LogController({ disableRequestLogging: true }),
    // Nothing is logged by request: a logger of its own for each would be a tenth of a small one's cost.
    childLoggerFactory: (logger) => logger,
    bodyLimit: 1024 * 1024,
    // Longer than a load balancer's idle time, so that it never sends on a connection we just closed.
    keepAliveTimeout: 75_000,
    forceCloseConnections: "idle",
    return503OnClosing: false,
    routerOptions: { maxParamLength: 1000 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate("access", access);
  app.decorateRequest("visitor", null);
  app.decorateRequest("entered", null);
  app.setErrorHandler((error, request, reply) => {
    const { problem, retry, bug } = answerTo(error, languageOf(request.headers["accept-language"]));
    if (bug)
      log.error(
        { event: "request-failed", route: request.routeOptions.url, error: told(error) },
        "request failed",
      );
    if (retry) reply.header("retry-after", "2");
    return reply
      .code(problem.status)
      .type("application/problem+json")
      .serializer(JSON.stringify)
      .send(problem);
  });
  await app.register(cookie);
  await app.register(multipart, { limits: { files: 20, fileSize: 4 * 1024 ** 3 } });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Stork 育见", version },
      components: { securitySchemes: { key: { type: "http", scheme: "bearer" } } },
      security: [{ key: [] }],
    },
    transform: jsonSchemaTransform,
  });
  app.get("/api/v1/openapi.json", { schema: { hide: true } }, async () => app.swagger());
  if (consoleDir) await serveConsole(app, consoleDir);
  else
    app.setNotFoundHandler(() => {
      throw new Refusal(refusals.notFound);
    });
  return app;
}

/** Codes by which PostgreSQL (class 22) and ClickHouse say that they could not read a value, and quote it. */
const quotesValue = /^(22...|6|27|38|41|53|72|457)$/;

/** Stack and message of a bug. Values may be personal: PostgreSQL's `detail` is left out, quoted ones are taken out. */
function told(error: unknown): { name: string; message: string; stack: string | undefined; code: unknown } {
  const { name, message = "", stack = "", code } = error as Error & { code?: unknown };
  const said = quotesValue.test(String(code)) ? message.replaceAll(/"[^"]*"|'[^']*'/g, "…") : message;
  const trace = stack
    .replace(message, () => said)
    .split("\n")
    .slice(0, 12)
    .join("\n");
  return { name, message: said.slice(0, 500), stack: trace, code };
}
