/** What a pack holds, as its title or specification says it; null where nothing is said. */
export interface Pack {
  /** How many single packs: 900g×6 is 6, 3罐装 is 3. */
  readonly count: number;
  /** What one pack holds, in `unit`: 900 (g), 84 (pieces). */
  readonly each: number | null;
  readonly unit: "g" | "ml" | "piece" | null;
  /** Formula stage: 1–4, or "pre" for premature infants. */
  readonly stage: 1 | 2 | 3 | 4 | 5 | "pre" | null;
  /** Diapers NB … XXXXL, clothing 59 … 150 (cm). */
  readonly size: string | null;
  /** For children of these ages, in months. */
  readonly months: readonly [from: number, to: number] | null;
}

export const showPack = ({ count, each, unit, stage, size, months }: Pack): string =>
  [
    each === null ? null : `${each}${unit === "piece" ? "片" : unit}`,
    count === 1 ? null : each === null ? `${count}罐` : `×${count}`,
    stage === null ? null : stage === "pre" ? "PRE段" : `${stage}段`,
    size === null ? null : /^\d+$/.test(size) ? `${size}cm` : `${size}码`,
    months === null ? null : `${months[0]}-${months[1]}个月`,
  ]
    .filter((part) => part !== null)
    .join(" ")
    .replace(" ×", "×");
