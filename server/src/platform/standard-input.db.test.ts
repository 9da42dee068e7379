import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";

/** Opens an engine, puts a row into it and says how many there are. */
const program = (folder: string): string => `
  const { openEmbeddedClickHouse } = await import(${JSON.stringify(import.meta.resolve("./clickhouse-embedded.ts"))});
  const clickhouse = await openEmbeddedClickHouse(${JSON.stringify(folder)});
  await clickhouse.command({ text: "create table word (n UInt64) engine = MergeTree order by n", params: {} });
  await clickhouse.insert("word", [{ n: 1 }]);
  const rows = await clickhouse.query({ text: "select n from word", params: {} });
  await clickhouse.close();
  console.log(JSON.stringify(rows));`;

test("what a server is given as its standard input comes into no table and stops no insert", async () => {
  const dir = mkdtempSync(join(tmpdir(), "stork-input-"));
  try {
    const args = [
      "--disable-warning=ExperimentalWarning",
      "--input-type=module",
      "-e",
      program(join(dir, "data")),
    ];
    const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.write('{"n":2}\n');
    const [said, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
    expect({ said, errors }).toEqual({ said: '[{"n":1}]\n', errors: "" });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
