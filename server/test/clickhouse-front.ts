// As much of ClickHouse's HTTP interface as its client uses, over the embedded engine in a process of its own:
// so that the path to a server elsewhere is tried with the same engine, without installing one.
import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

export interface Front {
  url: string;
  stop(): Promise<void>;
}

/** Starts the front on a data folder. The user is the engine's own: its dictionaries sign in to it as the same one. */
export async function startFront(dir: string, { user = "default", password = "" } = {}): Promise<Front> {
  const child = fork(import.meta.filename, [dir, user, password], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (message) => resolve(Number(message)));
    child.once("exit", (code) => reject(new Error(`the front ended with ${code}`)));
  });
  return { url: `http://${user}:${password}@127.0.0.1:${port}`, stop: () => ended(child) };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });

interface Request {
  query: string;
  data: Buffer;
  params: [string, string][];
}

async function readRequest(request: IncomingMessage, search: URLSearchParams): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const inAddress = search.get("query");
  return {
    query: inAddress ?? body.toString("utf8"),
    data: inAddress === null ? Buffer.alloc(0) : body,
    params: [...search].flatMap(([name, value]) =>
      name.startsWith("param_") ? [[name, value] as [string, string]] : [],
    ),
  };
}

const binary = /format Native$/;

/** Bytes that are no text cannot stand behind a statement. */
function fromFile(dir: string, query: string, data: Buffer): string {
  const path = join(dir, `insert-${randomUUID()}`);
  writeFileSync(path, data);
  return query.replace(binary, `from infile '${path}' format Native`);
}

function serve(dir: string, user: string, password: string): void {
  const { Session } = createRequire(import.meta.url)("chdb") as typeof import("chdb");
  // Holds the engine open; each request has a session of its own, as its parameters are set on the session.
  const keeper = new Session(dir);
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://front");
    if (pathname === "/ping") return void response.end("Ok.\n");
    if (!allowed(request, user, password)) {
      return void response
        .writeHead(403, { "x-clickhouse-exception-code": "516" })
        .end("Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)");
    }
    const { query, data, params } = await readRequest(request, searchParams);
    const session = new Session(dir);
    try {
      const sets = params.map(
        ([name, value]) => `set ${name} = '${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'; `,
      );
      const whole = binary.test(query)
        ? fromFile(dir, query, data)
        : `${query}${data.length === 0 ? "" : `\n${data}`}`;
      const result = await session.queryAsync(`${sets.join("")}${whole}`, { format: "TabSeparated" });
      response.end(Buffer.from(result.bytes()));
    } catch (error) {
      const { message } = error as Error;
      const code = /Code: (\d+)/.exec(message)?.[1] ?? "1";
      response.writeHead(500, { "x-clickhouse-exception-code": code }).end(message);
    } finally {
      session.close();
    }
  }
  // Kept open as long as ClickHouse keeps them (keep_alive_timeout), not for the five seconds of this server.
  const server = createServer(
    { keepAliveTimeout: 30_000 },
    (request, response) => void answer(request, response),
  );
  server.listen(0, "127.0.0.1", () => process.send?.((server.address() as { port: number }).port));
  process.on("SIGTERM", () => {
    keeper.close();
    process.exit(0);
  });
  process.on("disconnect", () => process.exit(0));
}

const allowed = ({ headers }: IncomingMessage, user: string, password: string): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` ||
  (headers["x-clickhouse-user"] === user && headers["x-clickhouse-key"] === password);

if (import.meta.main) {
  const [dir = "", user = "", password = ""] = process.argv.slice(2);
  serve(dir, user, password);
}
