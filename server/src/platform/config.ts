import { resolve } from "node:path";
import { type S3Place, s3PlaceOf } from "./s3-place.ts";
import { Trouble } from "./trouble.ts";

/** What the environment says; docs/configuration.md lists it for users. */
export interface Config {
  dataDir: string;
  host: string;
  port: number;
  demo: boolean;
  ownerKey: string | null;
  masterKey: string | undefined;
  databaseUrl: string | null;
  clickhouseUrl: string | null;
  cluster: string | null;
  /** Where cold data goes instead of the data folder. */
  coldBucket: S3Place | null;
  logLevel: string;
  /** How people and mail programs reach this server, where that is not host and port. */
  publicUrl: string | null;
  launcherPid: number | null;
  /** What is not done this long after being asked to stop is broken off. */
  stopWithinMs: number;
}

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const text = (name: string): string | null => env[name]?.trim() || null;
  return {
    dataDir: resolve(text("STORK_DATA") ?? "data"),
    host: text("STORK_HOST") ?? "127.0.0.1",
    port: portOf(text("STORK_PORT") ?? "7180"),
    demo: text("STORK_DEMO") !== "0",
    ownerKey: text("STORK_OWNER_KEY"),
    masterKey: text("STORK_MASTER_KEY") ?? undefined,
    databaseUrl: text("DATABASE_URL"),
    clickhouseUrl: text("CLICKHOUSE_URL"),
    cluster: text("CLICKHOUSE_CLUSTER"),
    coldBucket: s3PlaceOf(text("STORK_COLD_S3"), text("STORK_COLD_S3_KEY"), text("STORK_COLD_S3_SECRET")),
    logLevel: levelOf(text("STORK_LOG") ?? "info"),
    publicUrl: text("STORK_PUBLIC_URL")?.replace(/\/+$/, "") ?? null,
    launcherPid: Number(text("STORK_LAUNCHER_PID")) || null,
    stopWithinMs: secondsOf("STORK_STOP_WITHIN", text("STORK_STOP_WITHIN") ?? "4.7") * 1000,
  };
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Trouble(
    `STORK_PORT 应是 0 到 65535 的整数，现在是「${text}」。`,
    `STORK_PORT must be a whole number from 0 to 65535, not "${text}".`,
  );
}

function secondsOf(name: string, text: string): number {
  const seconds = Number(text);
  if (seconds > 0 && seconds < 86_400) return seconds;
  throw new Trouble(
    `${name} 应是秒数，例如 30，现在是「${text}」。`,
    `${name} must be a number of seconds, such as 30, not "${text}".`,
  );
}

function levelOf(text: string): string {
  const levels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
  if (levels.includes(text)) return text;
  throw new Trouble(
    `STORK_LOG 应是 ${levels.join("、")} 之一，现在是「${text}」。`,
    `STORK_LOG must be one of ${levels.join(", ")}, not "${text}".`,
  );
}
