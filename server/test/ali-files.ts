import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The real Taobao files, read by other means than the importer's, to hold its figures against. */
const folder = join(import.meta.dirname, "../../../shared/data/ali_mum_baby");
export const childrenFile = "tianchi_mum_baby.csv";
export const tradesFile = "tianchi_mum_baby_trade_history.csv";
export const gbkFile = "dreaware_sam_tianchi_mum_baby.gbk.csv";
export const hasAli = existsSync(folder);

export const cells = (text: string) =>
  text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(","));
export const bytes = (name: string) => readFileSync(join(folder, name));
const text = (name: string) => bytes(name).toString("utf8");

export interface Trade {
  user: string;
  leaf: string;
  root: string;
  pieces: number;
  day: string;
}

export function readAli(): { trades: Trade[]; babies: { user: string; born: string }[] } {
  const trades = cells(text(tradesFile)).map(([user = "", , leaf = "", root = "", pieces, day = ""]) => ({
    ...{ user, leaf, root, day },
    pieces: Number(pieces),
  }));
  const babies = cells(text(childrenFile)).map(([user = "", day = ""]) => ({ user, born: dashed(day) }));
  return { trades, babies };
}

export const common = (a: Set<string>, b: Set<string>): number => [...a].filter((one) => b.has(one)).length;
export const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`;
export const padded = (day: string): string =>
  day
    .split("/")
    .map((part) => part.padStart(2, "0"))
    .join("-");
export const dateInShanghai = (at: string): string =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** The same day of the month so many months later, or that month's last. */
export function laterBy(date: string, months: number): string {
  const [year = 0, month = 0, day = 0] = date.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}
