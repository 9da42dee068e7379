import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface OtherPostgres {
  version: string;
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
export async function startOtherPostgres(bin: string, port: number): Promise<OtherPostgres> {
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
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${dir}`,
    "fsync=off",
  ];
  const child = spawn(
    join(bin, "postgres"),
    ["-D", data, ...settings.flatMap((each) => ["-c", each])],
    options,
  );
  const admin = `postgres://admin@127.0.0.1:${port}/postgres`;
  const pg = (await import("pg")).default;
  for (let tries = 0; ; tries += 1) {
    const client = new pg.Client({ connectionString: admin });
    try {
      await client.connect();
      await client.query("create role stork login password 'other'");
      await client.query("create database stork owner stork");
      await client.end();
      break;
    } catch (error) {
      if (tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  return {
    version: bin,
    url: `postgres://stork:other@127.0.0.1:${port}/stork`,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => {
          rmSync(dir, { recursive: true, force: true });
          resolve();
        });
        child.kill("SIGINT");
      }),
  };
}

function idsOf(user: string): { uid?: number; gid?: number } {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((each) => each.startsWith(`${user}:`));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid === undefined ? {} : { uid: Number(uid), gid: Number(gid) };
}
