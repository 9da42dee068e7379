import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./free-port.ts";

export interface OtherPostgres {
  url: string;
  stop(): Promise<void>;
}

const home = "/usr/lib/postgresql";

/** The folder of the programs of a PostgreSQL (15 or newer) installed on this machine; null where there is none. */
export function installedPostgres(): string | null {
  if (!existsSync(home)) return null;
  const versions = readdirSync(home).filter(
    (name) => Number(name) >= 15 && existsSync(join(home, name, "bin/initdb")),
  );
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? null : join(home, newest, "bin");
}

/** A server of the machine's own PostgreSQL on a port of its own, with a database and a user that owns just that. */
export async function startOtherPostgres(bin: string): Promise<OtherPostgres> {
  const dir = mkdtempSync(join(tmpdir(), "stork-pg-"));
  const ids = process.getuid?.() === 0 ? idsOf("postgres") : {};
  if (ids.uid !== undefined) chownSync(dir, ids.uid, ids.gid ?? ids.uid);
  chmodSync(dir, 0o700);
  const data = join(dir, "data");
  const options = {
    ...ids,
    stdio: "ignore",
    cwd: "/",
    env: { LC_ALL: "C", PATH: process.env["PATH"] },
  } as const;
  execFileSync(join(bin, "initdb"), ["-D", data, "-U", "admin", "-A", "trust", "-E", "UTF8"], options);
  for (let tries = 0; ; tries += 1) {
    const port = await freePort();
    const settings = ["listen_addresses=127.0.0.1", `port=${port}`, `unix_socket_directories=${dir}`];
    const given = [...settings, "fsync=off"].flatMap((each) => ["-c", each]);
    const child = spawn(join(bin, "postgres"), ["-D", data, ...given], options);
    const ended = once(child, "exit");
    if (!(await prepared(`postgres://admin@127.0.0.1:${port}/postgres`, child))) {
      // Somebody was quicker at the port.
      if (tries > 5) throw new Error(`${bin}/postgres does not start`);
      continue;
    }
    return {
      url: `postgres://stork:other@127.0.0.1:${port}/stork`,
      async stop() {
        child.kill("SIGINT");
        await ended;
        rmSync(dir, { recursive: true, force: true });
      },
    };
  }
}

/** Makes the user and its database as soon as the server answers; false when it ended instead. */
async function prepared(admin: string, child: ChildProcess): Promise<boolean> {
  const pg = (await import("pg")).default;
  for (;;) {
    const client = new pg.Client({ connectionString: admin });
    const connected = await client.connect().then(
      () => true,
      () => false,
    );
    if (child.exitCode !== null) return false;
    if (connected) {
      await client.query("create role stork login password 'other'");
      await client.query("create database stork owner stork");
      await client.end();
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function idsOf(user: string): { uid?: number; gid?: number } {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
}
