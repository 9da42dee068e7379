import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, test } from "vitest";
import { processesNaming, type ServerProcess } from "../server-process.ts";
import { healthOf, ownServers } from "./own-servers.ts";

const { start, newFolder, folder } = ownServers();

describe("a start that cannot be says what to do, in both languages, and leaves nothing behind", () => {
  async function refused(server: ServerProcess, ...words: string[]): Promise<void> {
    expect(await server.ended).toBe(1);
    for (const word of words) expect(server.output()).toContain(word);
    expect(server.output()).not.toContain("    at "); // a sentence, not a stack
  }

  test("a second server on the same data", async () => {
    const dir = await folder();
    const first = start(dir);
    const url = await first.ready;
    await refused(start(dir), "已有一个育见在使用", `kill ${first.pid}`, "A Stork already uses", url);
    expect(await healthOf(url)).toMatchObject({ status: "ok" });
  });

  test("a taken port", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((done) => other.once("listening", done));
    const { port } = other.address() as { port: number };
    const dir = await folder();
    await refused(
      start(dir, { STORK_PORT: String(port) }),
      `端口 ${port} 已被占用`,
      `Port ${port} is taken`,
      "STORK_PORT=",
    );
    other.close();
    expect(processesNaming(dir)).toEqual([]);
    expect(existsSync(join(dir, "stork.lock"))).toBe(false);
  });

  test("a folder that cannot be made or written", async () => {
    const dir = newFolder();
    mkdirSync(join(dir, ".."), { recursive: true });
    writeFileSync(join(dir, "..", "file"), "");
    await refused(
      start(join(dir, "..", "file", "data")),
      "不能写入数据目录",
      "cannot be written",
      "STORK_DATA",
    );
    await refused(start("/proc/stork"), "不能写入数据目录", "cannot be written");
  });

  test("settings that make no sense", async () => {
    await refused(start(newFolder(), { STORK_PORT: "seven" }), "STORK_PORT", "seven");
    await refused(start(newFolder(), { STORK_HOST: "192.0.2.1" }), "192.0.2.1", "STORK_HOST");
    await refused(start(newFolder(), { STORK_MASTER_KEY: "short" }), "STORK_MASTER_KEY", "32");
    await refused(
      start(newFolder(), { DATABASE_URL: "postgres://nobody@127.0.0.1:1/x" }),
      "DATABASE_URL",
      "cannot be reached",
    );
    await refused(
      start(newFolder(), { CLICKHOUSE_URL: "http://127.0.0.1:1" }),
      "CLICKHOUSE_URL",
      "cannot be reached",
    );
  });

  test("data of another version", async () => {
    const dir = await folder();
    const first = start(dir);
    await first.ready;
    const newer = "insert into migration (name, checksum) values ('9999_newer.sql', 'x')";
    const { port, password } = addressOf(dir);
    const client = new pg.Client({
      connectionString: `postgres://stork:${password}@127.0.0.1:${port}/postgres`,
    });
    await client.connect();
    await client.query(newer);
    await client.end();
    first.kill("SIGTERM");
    await first.ended;
    await refused(start(dir), "另一个版本", "another version of Stork", "9999_newer.sql");
    expect(processesNaming(dir)).toEqual([]);
  });
});

function addressOf(dir: string): { port: number; password: string } {
  const port = Number(readFileSync(join(dir, "postgres/postmaster.pid"), "utf8").split("\n")[3]);
  return { port, password: readFileSync(join(dir, "postgres.password"), "utf8").trim() };
}
