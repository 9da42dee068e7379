import { type Day, dayOf, shopTimeOf, startOf } from "../calendar.ts";
import { chanceOf, pick, whole, yes } from "../chance.ts";
import type { FileForm } from "./cells.ts";
import type { Column, FileKind, Platform } from "./columns.ts";
import { dirtRates, overlapDays, supplementDays } from "./dirt.ts";
import { platforms } from "./platforms.ts";

export type ShopsSettings = {
  readonly seed: number;
  readonly families: number;
  /** The exports end with the month before this date's. */
  readonly until: string;
  readonly months: number;
  readonly dirt: boolean;
};

/** One file of one platform: the orders placed from `from` to before `to`, as they stood at `exportedAt`. */
export type ExportFile = {
  readonly index: number;
  readonly platform: Platform;
  readonly kind: FileKind;
  /** The report's columns of that time. */
  readonly columns: readonly Column[];
  readonly from: number;
  readonly to: number;
  readonly exportedAt: number;
  readonly form: FileForm;
  readonly name: string;
};

/** The first days of so many months, and of the one after them. */
export function monthStarts(until: string, months: number): Day[] {
  const [year = 0, month = 1] = until.split("-").map(Number);
  return Array.from({ length: months + 1 }, (_, i) => {
    const at = new Date(Date.UTC(year, month - 1 - months + i, 1));
    return dayOf(at.toISOString().slice(0, 10));
  });
}

const hour = 3_600_000;
const renewedAt = startOf(dayOf("2026-01-01"));

function formOf(seed: number, platform: Platform, kind: FileKind, month: Day, dirt: boolean): FileForm {
  const chance = chanceOf(seed, "form", platform.id, kind.id, month);
  const resaved = yes(chance, dirtRates.resaved) && dirt;
  const dates = pick(
    chance,
    kind.format === "xlsx" ? (["serial", "slashes"] as const) : (["slashes", "words"] as const),
  );
  const inFen = yes(chance, dirtRates.inFen) && dirt && kind.format === "xlsx";
  const pasted = yes(chance, dirtRates.pasted) && dirt;
  return { dates: resaved ? dates : kind.dates, money: inFen ? "fen" : "yuan", pasted };
}

type Range = { readonly month: Day; readonly from: Day; readonly to: Day; readonly exportedAt: number };

function rangesOf({ seed, until, months, dirt }: ShopsSettings, platform: Platform): Range[] {
  const starts = monthStarts(until, months);
  const chance = chanceOf(seed, "plan", platform.id);
  const ranges: Range[] = [];
  for (let i = 0; i < months; i++) {
    const month = starts[i]!;
    const to = starts[i + 1]!;
    const minute = whole(chance, 0, 59) * 60_000;
    ranges.push({
      month,
      from: month - (dirt ? overlapDays : 0),
      to,
      exportedAt: startOf(to) + 10 * hour + minute,
    });
    // Once a quarter somebody exports a stretch again, to be sure.
    const first = whole(chance, starts[Math.max(0, i - 1)]!, to - supplementDays);
    if (dirt && i % 3 === 1)
      ranges.push({
        month: first,
        from: first,
        to: first + supplementDays,
        exportedAt: startOf(to + 4) + 15 * hour + minute,
      });
  }
  return ranges;
}

/** Every file of every platform, in the order in which they were exported. */
export function planOf(settings: ShopsSettings): ExportFile[] {
  const files = Object.values<Platform>(platforms).flatMap((platform) =>
    rangesOf(settings, platform).flatMap(({ month, from, to, exportedAt }) =>
      platform.kinds.map((kind) => {
        const stamp = shopTimeOf(exportedAt).replace(/\D/g, "").slice(0, 12);
        return {
          ...{ platform, kind, from: startOf(from), to: startOf(to), exportedAt },
          columns: settings.dirt && exportedAt < renewedAt ? (kind.older ?? kind.columns) : kind.columns,
          form: formOf(settings.seed, platform, kind, month, settings.dirt),
          name: `${kind.name(stamp)}.${kind.format}`,
        };
      }),
    ),
  );
  return files.sort((a, b) => a.exportedAt - b.exportedAt).map((file, index) => ({ ...file, index }));
}
