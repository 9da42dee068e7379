import { closeSync, createReadStream, createWriteStream, ftruncateSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { startOf } from "./calendar.ts";
import { catalogue } from "./catalogue.ts";
import { exportHeader } from "./export.ts";
import { checkSettings, type TownSettings, windowOf } from "./settings.ts";
import { childHeader, orderHeader, truthFiles } from "./truth.ts";
import type { Part, PartJob, SortJob } from "./writing/part.client.ts";
import type { Slices } from "./writing/spill.client.ts";
import { type Threads, threads } from "./writing/threads.client.ts";

export type WriteSettings = TownSettings & {
  /** The folder to fill; made when missing. Files of the same names in it are replaced. */
  readonly out: string;
  /** How many threads; the bytes do not depend on it. */
  readonly threads?: number;
};
export type Progress = (done: {
  readonly families: number;
  readonly of: number;
  readonly phase: "families" | "order";
}) => void;
export type Written = {
  readonly families: number;
  readonly messages: number;
  readonly orders: number;
  readonly bytes: number;
};

/** About what one family's messages take, to choose slices that sort within memory. */
const bytesPerFamily = 50_000;
const aside = ".writing-";
type TownThreads = Threads<PartJob | SortJob, Part | null>;
const sliceBytes = 5 * 2 ** 20;

function slicesFor({ families, until }: TownSettings): Slices {
  const { from, to } = windowOf(until);
  const count = Math.min(4096, Math.max(8, Math.ceil((families * bytesPerFamily) / sliceBytes)));
  return { fromMs: startOf(from), spanMs: (startOf(to + 1) - startOf(from)) / count, count };
}

type Spilled = "messages" | "orders";

/** Makes the file at its full length, then lets every thread sort slices into their places. */
async function writeInOrder(
  pool: TownThreads,
  parts: readonly Part[],
  which: Spilled,
  target: string,
  header: string,
): Promise<number> {
  await writeFile(target, header);
  let offset = Buffer.byteLength(header);
  const jobs: SortJob["slices"][number][] = [];
  for (let slice = 0; slice < parts[0]![which].length; slice++) {
    const pieces = parts.map((part) => ({ path: join(part.dir, which), chunks: part[which][slice]! }));
    jobs.push({ offset, parts: pieces });
    offset += pieces.reduce((sum, { chunks }) => sum + chunks.bytes, 0);
  }
  const file = openSync(target, "r+");
  ftruncateSync(file, offset);
  closeSync(file);
  await pool.all(jobs.map((job): SortJob => ({ kind: "sort", target, slices: [job] })));
  return offset;
}

async function joinTruth(parts: readonly Part[], out: string, dirt: boolean): Promise<void> {
  const headers = {
    "families.jsonl": "",
    "children.csv": childHeader,
    "orders.csv": orderHeader,
    "identities.jsonl": "",
  };
  for (const name of truthFiles) {
    if (name === "identities.jsonl" && !dirt) continue;
    const target = join(out, "truth", name);
    await writeFile(target, headers[name]);
    for (const part of parts)
      await pipeline(createReadStream(join(part.dir, name)), createWriteStream(target, { flags: "a" }));
  }
}

function partJobs(settings: WriteSettings, dirs: readonly string[], slices: Slices): PartJob[] {
  const { families, out: _, threads: __, ...rest } = settings;
  const share = families / dirs.length;
  return dirs.map((dir, i) => ({
    kind: "part",
    settings: { ...rest, families },
    from: Math.round(i * share),
    to: Math.round((i + 1) * share),
    dir,
    slices,
  }));
}

/** What a run that was killed had put aside. */
async function removeLeftovers(out: string): Promise<void> {
  const left = (await readdir(out)).filter((name) => name.startsWith(aside));
  await Promise.all(left.map((name) => rm(join(out, name), { recursive: true, force: true })));
}

/**
 * Writes a town: catalogue.jsonl, messages.jsonl and orders.csv in order of time, and truth/families.jsonl,
 * truth/children.csv, truth/orders.csv in order of families. The same settings give the same bytes, whatever the number
 * of threads. Needs as much free disk again while it works, since messages are put aside by slices of time and then sorted.
 */
export async function writeTown(settings: WriteSettings, progress: Progress = () => {}): Promise<Written> {
  checkSettings(settings);
  const { out, families } = settings;
  await mkdir(join(out, "truth"), { recursive: true });
  await removeLeftovers(out);
  const folder = await mkdtemp(join(out, aside));
  const pool: TownThreads = threads(
    settings.threads ?? (families < 4000 ? 1 : 2),
    new URL("./writing/worker.client.ts", import.meta.url),
  );
  try {
    const dirs = await Promise.all(
      pool.names.map((name) => mkdir(join(folder, name)).then(() => join(folder, name))),
    );
    let done = 0;
    const parts = await pool.all(partJobs(settings, dirs, slicesFor(settings)), (more) => {
      done += more;
      progress({ families: done, of: families, phase: "families" });
    });
    progress({ families, of: families, phase: "order" });
    const written = parts as Part[];
    let bytes = await writeInOrder(pool, written, "messages", join(out, "messages.jsonl"), "");
    bytes += await writeInOrder(pool, written, "orders", join(out, "orders.csv"), exportHeader);
    await joinTruth(written, out, settings.dirt === true);
    await writeFile(
      join(out, "catalogue.jsonl"),
      catalogue.map((product) => `${JSON.stringify(product)}\n`).join(""),
    );
    const count = (of: (part: Part) => number): number => written.reduce((sum, part) => sum + of(part), 0);
    return {
      families,
      messages: count((part) => part.messageCount),
      orders: count((part) => part.orderCount),
      bytes,
    };
  } finally {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}
