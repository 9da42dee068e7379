import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { Preset, RecordKind, Target } from "../preset.ts";
import { cellsFor } from "./cells.ts";
import { refusalOf } from "./refusal-of.ts";

export interface SpendReport {
  id: string;
  name: Preset["name"];
  description: Preset["description"];
  platform: string;
  targets: readonly Target[];
}

/** A platform's report of what was spent: one row for a day and a campaign, unit or creative. */
export function spendReport({ id, name, description, platform, targets }: SpendReport): Preset {
  const cells = cellsFor(targets);
  const kind: RecordKind = {
    id: "spend",
    label: { zh: "消耗报表", en: "Spend report" },
    record: "spend",
    targets,
    together: null,
    repeats: false,
    personsAs: null,
    read([row = {}], context) {
      const read = cells(context);
      const day = read.date(row, "day");
      if (day === undefined) return { refused: "day-unreadable" };
      const fen = read.fen(row, "spend");
      if (fen === undefined) return { refused: "amount-unreadable" };
      const revenue = read.fen(row, "revenue");
      const stated = kinds.spend.state(
        {
          platform: read.raw(row, "platform").slice(0, 40) || platform,
          ...{ day, spend: fen / 100 },
          account: read.raw(row, "account"),
          campaign: read.text(row, "campaign"),
          unit: read.text(row, "unit"),
          creative: read.text(row, "creative"),
          impressions: number(row["impressions"]),
          clicks: number(row["clicks"]),
          conversions: number(row["conversions"]),
          orders: number(row["orders"]),
          revenue: revenue === undefined ? undefined : revenue / 100,
        },
        { ...context, marks: [...read.marks] },
      );
      return isRefusedRecord(stated) ? refusalOf(stated) : stated;
    },
  };
  return { id, name, description, platform, kinds: [kind] };
}

/** 12,345 or 1.2万; a dash or nothing where the platform counts none. */
export function number(written: string | undefined): number | undefined {
  const [, digits, tenThousand] = /^\s*(\d[\d,]*(?:\.\d+)?)\s*(万)?\s*$/.exec(written ?? "") ?? [];
  if (digits === undefined) return undefined;
  return Number(digits.replaceAll(",", "")) * (tenThousand === undefined ? 1 : 10_000);
}
