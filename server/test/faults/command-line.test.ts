import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ask, processesNaming, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

const root = join(import.meta.dirname, "../../..");
let folder: Awaited<ReturnType<typeof usedFolder>>;
let orders: string;
beforeAll(async () => {
  folder = await usedFolder();
  orders = join(folder.dir, "trades.csv");
  const rows = [
    "100,1,50014815,50022520,21458:86755362,1,20141201",
    "101,2,50014815,50022520,21458:86755362,2,20141202",
  ];
  writeFileSync(orders, ["user_id,auction_id,cat_id,cat1,property,buy_mount,day", ...rows, ""].join("\n"));
});
afterAll(() => folder?.remove());

interface Said {
  code: number;
  out: string;
  err: string;
}

/** The command line as `npm run -s stork --` hands over to it. */
function stork(...args: string[]): Promise<Said> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", "server/src/cli.ts", ...args],
    {
      cwd: root,
      env: { ...process.env, STORK_DATA: folder.dir, STORK_DEMO: "0" },
    },
  );
  const said = { out: "", err: "" };
  child.stdout.on("data", (text) => (said.out += text));
  child.stderr.on("data", (text) => (said.err += text));
  return new Promise((resolve) => child.once("close", (code) => resolve({ code: code ?? -1, ...said })));
}

const lastLine = ({ out }: Said): Record<string, unknown> => JSON.parse(out.trim().split("\n").at(-1) ?? "");

describe("without a running server", () => {
  test("a command opens the engines for itself, and leaves nothing running", async () => {
    const first = await stork("import", "ali-mum-baby", orders, "--workspace", "shop", "--json");
    expect(first.err).toContain("100%");
    expect(first.code).toBe(0);
    expect(lastLine(first)).toMatchObject({
      status: "done",
      added: 2,
      trades: 2,
      buyers: 2,
      workspace: "shop",
    });
    expect(lastLine(await stork("import", "ali-mum-baby", orders, "-w", "shop", "--json"))).toMatchObject({
      added: 0,
    });
    expect(processesNaming(join(folder.dir, "postgres"))).toEqual([]);
  });

  test("a mistake is said on standard error, in both languages, with a code that is not 0", async () => {
    for (const [args, words] of [
      [["nothing"], "没有「nothing」这个命令"],
      [["import", "ali-mum-baby"], "用法"],
      [["import", "ali-mum-baby", "/nowhere.csv", "--workspace", "shop"], "/nowhere.csv"],
      [["import", "nothing", orders, "--workspace", "shop"], "nothing"],
      [["town", "--families", "many", "--out", "/tmp/x"], "--families"],
      [["demo", "break", "everything"], "stop|null|prices|gbk"],
      [["demo", "break", "prices"], "npm start"],
    ] as const) {
      const said = await stork(...args);
      expect(said.code).toBe(1);
      expect(said.err).toContain(words);
      expect(said.err).not.toContain("    at ");
      expect(said.out).toBe("");
    }
  });

  test("doctor changes nothing and finds nothing amiss", async () => {
    const said = await stork("doctor", "--json");
    expect(lastLine(said)).toMatchObject({ ok: true });
  });
});

describe("beside a running server", () => {
  let server: ServerProcess;
  let url: string;
  beforeAll(async () => {
    server = startServer(folder.dir);
    url = await server.ready;
  });
  afterAll(async () => {
    server.kill("SIGTERM");
    await server.ended;
  });

  test("commands speak to it: import, key, sign-in", async () => {
    const done = lastLine(await stork("import", "ali-mum-baby", orders, "--workspace", "shop", "--json"));
    expect(done).toMatchObject({ status: "done", added: 0, repeated: 2 });
    const { key } = lastLine(
      await stork("key", "--workspace", "shop", "--scopes", "settings:read", "--json"),
    );
    const keys = await fetch(`${url}/api/v1/workspaces/shop/keys`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(keys.status).toBe(200);
    const link = String(lastLine(await stork("sign-in", "--json"))["link"]);
    expect(link.startsWith(`${url}/sign-in/`)).toBe(true);
    expect((await fetch(link, { redirect: "manual" })).status).toBe(302);
    await ask(url, "GET", "/api/v1/workspaces/shop/members");
  });
});
