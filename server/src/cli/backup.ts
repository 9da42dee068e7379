import { createWriteStream } from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Trouble } from "../platform/trouble.ts";
import type { Command } from "./command.ts";

/** Everything in one file, from the running server or one opened for the moment. */
export const backup: Command = {
  usage: "FILE.tar",
  summary: {
    zh: "备份两个引擎里的一切（可在运行时做）；设了环境变量 STORK_BACKUP_PASSPHRASE 时连同主密钥（用口令加密）",
    en: "Backs up everything in both engines, also while running; with STORK_BACKUP_PASSPHRASE set, the master key too, sealed by it",
  },
  options: {},
  arguments: { least: 1, most: 1 },
  async run({ args, api, voice }) {
    const [file = ""] = args;
    const passphrase = process.env["STORK_BACKUP_PASSPHRASE"];
    const { download } = await api();
    const headers = passphrase ? { "x-backup-passphrase": encodeURIComponent(passphrase) } : {};
    const body = await download("/api/v1/backup", headers);
    // Under another name until it is whole: a backup cut short must not be taken for one.
    const partial = `${file}.partial`;
    let bytes = 0;
    const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        yield chunk;
      }
    };
    try {
      await pipeline(Readable.from(counted(body)), createWriteStream(partial, { mode: 0o600 }));
      const written = await open(partial, "r+");
      await written.sync();
      await written.close();
      await rename(partial, file);
    } catch (error) {
      await rm(partial, { force: true });
      throw new Trouble(
        `备份没有做完：${(error as Error).message}`,
        `The backup was not finished: ${(error as Error).message}`,
        error,
      );
    }
    if (!passphrase)
      voice.say(
        "备份不含主密钥。请另外妥善保存数据目录里的 master.key（或 STORK_MASTER_KEY），没有它个人信息无法读出。 " +
          "The master key is not in it. Keep master.key of the data folder (or STORK_MASTER_KEY) elsewhere: without it personal data cannot be read.",
      );
    return { json: { file, bytes, withKey: Boolean(passphrase) }, lines: [`${file}  ${bytes} bytes`] };
  },
};
