import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { newKey } from "./crypto.ts";
import { Trouble } from "./trouble.ts";

/** The key that wraps every workspace's keys: STORK_MASTER_KEY (base64 or hex, 32 bytes), else the file made at first start. */
export function masterKey(dataDir: string, fromEnvironment: string | undefined): Buffer {
  if (fromEnvironment) return parsed(fromEnvironment, "STORK_MASTER_KEY");
  const file = join(dataDir, "master.key");
  try {
    return parsed(readFileSync(file, "utf8"), file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const key = newKey();
  writeFileSync(file, `${key.toString("base64")}\n`, { mode: 0o600, flag: "wx" });
  return key;
}

function parsed(text: string, where: string): Buffer {
  const trimmed = text.trim();
  const key = Buffer.from(trimmed, /^[0-9a-f]{64}$/i.test(trimmed) ? "hex" : "base64");
  if (key.length === 32) return key;
  throw new Trouble(
    `${where} 里的主密钥不是 32 字节。请放回原来的密钥；没有它，已加密的数据无法读出。`,
    `The master key in ${where} is not 32 bytes. Put the original key back; without it sealed data cannot be read.`,
  );
}
