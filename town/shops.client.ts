import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { isoOf } from "./calendar.ts";
import { brandFiles } from "./exports/brand-files.ts";
import { type ExportFile, planOf, type ShopsSettings } from "./exports/plan.ts";
import type { Finished, FinishJob } from "./exports/writing/finish.client.ts";
import { type Share, type ShareJob, truthNames } from "./exports/writing/share.client.ts";
import { checkSettings } from "./settings.ts";
import { type Threads, threads } from "./writing/threads.client.ts";

export type WriteShopsSettings = Omit<ShopsSettings, "months"> & {
  /** How many calendar months before `until`'s; 12 unless told, 36 at most. */
  readonly months?: number;
  /** The folder to fill; made when missing. Files of the same names in it are replaced. */
  readonly out: string;
  /** How many threads; the bytes do not depend on it. */
  readonly threads?: number;
};
export type WrittenShops = {
  readonly families: number;
  readonly files: number;
  readonly orders: number;
  readonly rows: number;
  /** Rows that say again what another row says, of the same moment or an earlier one. */
  readonly repeated: number;
  readonly bytes: number;
};
export type ShopsProgress = (done: { readonly families: number; readonly of: number }) => void;

const aside = ".writing-";
const townMonths = 36;
type Pool = Threads<ShareJob | FinishJob, Share | Finished>;

function checkShops(settings: ShopsSettings): void {
  checkSettings(settings);
  const { months } = settings;
  if (!Number.isSafeInteger(months) || months < 1 || months > townMonths)
    throw new RangeError(`months must be a whole number from 1 to ${townMonths}, not ${months}`);
}

async function joinTruth(out: string, shares: readonly Share[]): Promise<void> {
  for (const name of truthNames) {
    const target = join(out, "truth", name);
    await writeFile(target, "");
    for (const share of shares)
      await pipeline(createReadStream(join(share.dir, name)), createWriteStream(target, { flags: "a" }));
  }
}

/** What each file is, in the order of export: the order in which a company would bring them. */
async function listFiles(out: string, plan: readonly ExportFile[], made: readonly Finished[]): Promise<void> {
  const lines = plan.map(({ platform, kind, from, to, exportedAt, form, index }) => ({
    file: made[index]!.file,
    ...{ platform: platform.id, kind: kind.id, format: kind.format, encoding: kind.encoding },
    ...{ from: isoOf(from), to: isoOf(to), exportedAt: isoOf(exportedAt), form, rows: made[index]!.rows },
  }));
  const lists = brandFiles.map(({ path, format, encoding }, i) => {
    const { file, rows } = made[plan.length + i]!;
    const [platform = "", kind = ""] = path.split("/");
    return { file, platform, kind, format, encoding, rows };
  });
  await writeFile(
    join(out, "truth", "files.jsonl"),
    [...lines, ...lists].map((line) => `${JSON.stringify(line)}\n`).join(""),
  );
}

async function make(
  pool: Pool,
  settings: ShopsSettings,
  out: string,
  folder: string,
  progress: ShopsProgress,
) {
  const { families } = settings;
  const each = families / pool.names.length;
  const jobs = await Promise.all(
    pool.names.map(async (name, i): Promise<ShareJob> => {
      const dir = join(folder, name);
      await mkdir(dir);
      return { kind: "share", settings, from: Math.round(i * each), to: Math.round((i + 1) * each), dir };
    }),
  );
  let done = 0;
  const shares = (await pool.all(jobs, (more) => {
    done += more;
    progress({ families: done, of: families });
  })) as Share[];
  const plan = planOf(settings);
  const finishing = Array.from({ length: plan.length + brandFiles.length }, (_, index): FinishJob => {
    const pieces = shares.map(({ dir, chunks }) => ({ path: join(dir, "rows"), chunks: chunks[index]! }));
    return { kind: "finish", settings, out, index, shares: pieces };
  });
  const made = (await pool.all(finishing)) as Finished[];
  return { shares, plan, made };
}

/**
 * Writes what six online shops and the tills export: shops/<platform>/… in each platform's own form, in the order of
 * export; what the brand's systems and the advertising platforms do (shops/crm, erp, ads, …); and beside them truth/orders.jsonl, truth/identities.jsonl and truth/files.jsonl. The same settings give the
 * same bytes, whatever the number of threads. One file's rows must fit in memory twice; a hundred thousand families
 * make files of some tens of megabytes.
 */
export async function writeShops(
  { out, threads: count, months = 12, ...rest }: WriteShopsSettings,
  progress: ShopsProgress = () => {},
): Promise<WrittenShops> {
  const { seed, families, until, dirt } = rest;
  const settings: ShopsSettings = { seed, families, until, dirt, months };
  checkShops(settings);
  await mkdir(join(out, "truth"), { recursive: true });
  const left = (await readdir(out)).filter((name) => name.startsWith(aside));
  await Promise.all(left.map((name) => rm(join(out, name), { recursive: true, force: true })));
  const folder = await mkdtemp(join(out, aside));
  const script = new URL("./exports/writing/worker.client.ts", import.meta.url);
  const pool: Pool = threads(count ?? (families < 4000 ? 1 : 2), script);
  try {
    const { shares, plan, made } = await make(pool, settings, out, folder, progress);
    await joinTruth(out, shares);
    await listFiles(out, plan, made);
    const sum = (of: (share: Share) => number): number => shares.reduce((all, share) => all + of(share), 0);
    return {
      families,
      files: made.length,
      orders: sum((share) => share.orders),
      rows: sum((share) => share.rows),
      repeated: sum((share) => share.repeated),
      bytes: made.reduce((all, { bytes }) => all + bytes, 0),
    };
  } finally {
    await pool.close();
    await rm(folder, { recursive: true, force: true });
  }
}
