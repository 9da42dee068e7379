import type { DateRange } from "@stork/contract/common.ts";

const days = [
  { day: "06-18", label: "618" },
  { day: "11-11", label: "11.11" },
  { day: "12-12", label: "12.12" },
] as const;

/** The shopping days within a range, to be marked on a chart. */
export function promotionsIn({ from, to }: DateRange): { on: string; label: string }[] {
  const found: { on: string; label: string }[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    for (const { day, label } of days) {
      const on = `${year}-${day}`;
      if (on >= from && on <= to) found.push({ on, label });
    }
  }
  return found;
}
