import { createReadStream, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { systemClock } from "../platform/clock.ts";
import { open as openSealed } from "../platform/crypto.ts";
import { prepareDataFolder } from "../platform/data-folder.ts";
import { openEngines } from "../platform/engines.ts";
import { takeLock } from "../platform/lock.ts";
import { createLog } from "../platform/log.ts";
import { masterKey } from "../platform/master-key.ts";
import type { Postgres } from "../platform/postgres.ts";
import { Trouble } from "../platform/trouble.ts";
import { openKey } from "../storage/backup-key.ts";
import { coldPlace } from "../storage/cold.client.ts";
import { restore as restoreInto } from "../storage/restore.store.ts";
import type { Command } from "./command.ts";

/** A backup into an empty data folder (or empty databases), with no server running on it. */
export const restore: Command = {
  usage: "FILE.tar",
  summary: {
    zh: "把备份恢复到空的数据目录；备份含主密钥时需要环境变量 STORK_BACKUP_PASSPHRASE",
    en: "Restores a backup into an empty data folder; where the backup holds the master key, STORK_BACKUP_PASSPHRASE opens it",
  },
  options: {},
  arguments: { least: 1, most: 1 },
  async run({ args, config, voice }) {
    const [file = ""] = args;
    if (!existsSync(file)) throw new Trouble(`没有这个文件：${file}`, `There is no file ${file}`);
    prepareDataFolder(config.dataDir);
    const lock = takeLock(config.dataDir);
    if ("pid" in lock)
      throw new Trouble(
        `${config.dataDir} 正被另一个育见使用（进程 ${lock.pid}）。请恢复到空目录。`,
        `${config.dataDir} is used by another Stork (process ${lock.pid}). Restore into an empty folder.`,
      );
    try {
      const engines = await openEngines(config, createLog("error"));
      try {
        const { postgres, clickhouse } = engines;
        const done = await restoreInto(
          {
            ...{ postgres, clickhouse, dataDir: config.dataDir },
            cold: coldPlace({ ...config, clickhouse, clock: systemClock }),
            takeKey: (sealed) => takeKey(config, sealed),
            tell: (table, rows) => voice.progress(table, rows, Math.max(rows, 1)),
          },
          createReadStream(file),
        );
        await checkKey(postgres, masterKey(config.dataDir, config.masterKey));
        return {
          json: done,
          lines: [
            `恢复了 ${done.madeAt} 的备份：${done.tables} 张表，${done.rows} 行。`,
            `Restored the backup of ${done.madeAt}: ${done.tables} tables, ${done.rows} rows.`,
          ],
        };
      } finally {
        await engines.close();
      }
    } finally {
      lock.release();
    }
  },
};

async function takeKey(
  config: { dataDir: string; masterKey: string | undefined },
  sealed: Buffer,
): Promise<void> {
  const path = join(config.dataDir, "master.key");
  if (config.masterKey !== undefined || existsSync(path)) return;
  const passphrase = process.env["STORK_BACKUP_PASSPHRASE"];
  const key = passphrase ? await openKey(sealed, passphrase) : null;
  if (key === null)
    throw new Trouble(
      "备份里有用口令加密的主密钥。请把做备份时的口令放进环境变量 STORK_BACKUP_PASSPHRASE 再试。",
      "The backup holds the master key under a passphrase. Put the passphrase it was made with into STORK_BACKUP_PASSPHRASE and try again.",
    );
  writeFileSync(path, `${key.toString("base64")}\n`, { mode: 0o600, flag: "wx" });
}

/** Whether the master key at hand is the one that the workspaces' keys were sealed with. */
async function checkKey({ db }: Postgres, master: Buffer): Promise<void> {
  const { rows } = await sql<{
    sealed: Buffer;
  }>`select sealed_hash_key as sealed from workspace limit 1`.execute(db);
  const sealed = rows[0]?.sealed;
  if (sealed === undefined) return;
  try {
    openSealed(master, sealed);
  } catch {
    throw new Trouble(
      "数据恢复了，但主密钥不是做备份时的那一把，个人信息读不出。请把原来的 master.key 放进数据目录（覆盖现在的），再启动。",
      "The data is restored, but the master key is not the one it was sealed with, so personal data cannot be read. Put the original master.key into the data folder (over the present one), then start.",
    );
  }
}
