import { createWriteStream, existsSync } from "node:fs";
import { mkdir, open, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ch, type Statement, str } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import { type S3Place, signedHeaders } from "../platform/s3-place.ts";

/** Where the files of cold data are; a file has one name in all places. The engine itself reads and writes them. */
export interface ColdFiles {
  /** The file as a table, to read from and to insert into. */
  tableOf(file: string): Statement;
  /** Clears away what a kill left of the file, and makes its folder where there are folders. */
  makeRoom(file: string): Promise<void>;
  bytesOf(file: string): Promise<number>;
  remove(file: string): Promise<void>;
  /** Its bytes as they are now, for a backup. */
  open(file: string): Promise<{ bytes: number; body: Readable }>;
  /** Puts a file there, out of a backup. */
  put(file: string, bytes: number, body: AsyncIterable<Uint8Array>): Promise<void>;
}

/** Under the data folder. */
export function coldFiles(dataDir: string): ColdFiles {
  const pathOf = (file: string): string => join(dataDir, file);
  const makeFolder = (file: string) => mkdir(dirname(pathOf(file)), { recursive: true, mode: 0o700 });
  return {
    tableOf: (file) => ch`file(${str(pathOf(file))}, 'Parquet')`,
    makeRoom: async (file) => {
      await makeFolder(file);
      await rm(pathOf(file), { force: true });
    },
    bytesOf: async (file) => (await stat(pathOf(file))).size,
    remove: (file) => rm(pathOf(file), { force: true }),
    open: async (file) => {
      // What was opened stays as it is, also when it is written anew or deleted meanwhile.
      const opened = await open(pathOf(file), "r");
      return { bytes: (await opened.stat()).size, body: opened.createReadStream() };
    },
    put: async (file, _bytes, body) => {
      await makeFolder(file);
      await pipeline(body, createWriteStream(pathOf(file), { mode: 0o600 }));
    },
  };
}

/** In a bucket. An object is there as a whole or not at all. */
function coldObjects(place: S3Place, clock: Clock): ColdFiles {
  const ask = async (method: "HEAD" | "GET" | "PUT" | "DELETE", file: string, more: RequestInit = {}) => {
    const url = new URL(`${place.url}/${file}`);
    const headers = { ...signedHeaders(place, { method, url, at: clock.now() }), ...more.headers };
    const answer = await fetch(url, { method, ...more, headers });
    if (!answer.ok && !(method === "DELETE" && answer.status === 404))
      throw new Error(`the object store answered ${answer.status} to ${method} ${file}`);
    return answer;
  };
  const bytesIn = (answer: Response): number => Number(answer.headers.get("content-length"));
  const remove = async (file: string): Promise<void> => {
    await (await ask("DELETE", file)).body?.cancel();
  };
  return {
    tableOf: (file) =>
      ch`s3(${str(`${place.url}/${file}`)}, ${str(place.keyId)}, ${str(place.secret)}, 'Parquet')`,
    makeRoom: remove,
    remove,
    bytesOf: async (file) => bytesIn(await ask("HEAD", file)),
    open: async (file) => {
      const answer = await ask("GET", file);
      return { bytes: bytesIn(answer), body: Readable.fromWeb(answer.body as never) };
    },
    put: async (file, bytes, body) => {
      const sent = {
        body: Readable.from(body) as never,
        duplex: "half",
        headers: { "content-length": `${bytes}` },
      };
      await (await ask("PUT", file, sent as RequestInit)).body?.cancel();
    },
  };
}

/** New files go to the bucket; one that still lies in the data folder is read, and at last removed, there. */
const bucketAfterFolder = (folder: ColdFiles, bucket: ColdFiles, dataDir: string): ColdFiles => {
  const of = (file: string): ColdFiles => (existsSync(join(dataDir, file)) ? folder : bucket);
  return {
    tableOf: (file) => of(file).tableOf(file),
    bytesOf: (file) => of(file).bytesOf(file),
    open: (file) => of(file).open(file),
    remove: (file) => of(file).remove(file),
    makeRoom: async (file) => {
      await folder.remove(file);
      await bucket.makeRoom(file);
    },
    put: bucket.put,
  };
};

/** Where cold data goes: a bucket if one is named, else the data folder; null: nowhere that the engine could reach. */
export function coldPlace(parts: {
  dataDir: string;
  coldBucket: S3Place | null;
  clickhouse: { readonly embedded: boolean };
  clock: Clock;
}): ColdFiles | null {
  const { dataDir, coldBucket, clickhouse, clock } = parts;
  const folder = clickhouse.embedded ? coldFiles(dataDir) : null;
  if (coldBucket === null) return folder;
  const bucket = coldObjects(coldBucket, clock);
  return folder === null ? bucket : bucketAfterFolder(folder, bucket, dataDir);
}
