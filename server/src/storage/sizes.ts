import type { MonthOfData, Sizes, Tier, TierPrices } from "@stork/contract/storage.ts";
import type { Move } from "./plan.ts";

const gigabyte = 1024 ** 3;
const tiers: readonly Tier[] = ["hot", "warm", "cold"];

/**
 * What a gigabyte a month costs until a company writes its own prices, in fen: cloud disks of the common performance
 * level cost about ¥1, standard object storage ¥0.12 (list prices of the large Chinese clouds).
 */
export const usualPrices: TierPrices = { hot: 100, warm: 100, cold: 12 };

export function sizesOf(months: readonly MonthOfData[], prices: TierPrices): Sizes {
  const each = tiers.map((tier) => {
    const mine = months.filter((month) => month.tier === tier);
    const bytes = sum(mine.map((month) => month.bytes));
    const yearlyFen = Math.round((bytes / gigabyte) * prices[tier] * 12);
    return { tier, rows: sum(mine.map((month) => month.rows)), bytes, yearlyFen };
  });
  return {
    tiers: each,
    rows: sum(each.map(({ rows }) => rows)),
    bytes: sum(each.map(({ bytes }) => bytes)),
    yearlyFen: sum(each.map(({ yearlyFen }) => yearlyFen)),
  };
}

export function addSizes(sizes: readonly Sizes[]): Sizes {
  const of = (tier: Tier) => sizes.flatMap((one) => one.tiers.filter((each) => each.tier === tier));
  return {
    tiers: tiers.map((tier) => ({
      tier,
      rows: sum(of(tier).map(({ rows }) => rows)),
      bytes: sum(of(tier).map(({ bytes }) => bytes)),
      yearlyFen: sum(of(tier).map(({ yearlyFen }) => yearlyFen)),
    })),
    rows: sum(sizes.map(({ rows }) => rows)),
    bytes: sum(sizes.map(({ bytes }) => bytes)),
    yearlyFen: sum(sizes.map(({ yearlyFen }) => yearlyFen)),
  };
}

/** How many bytes stay of one, when data is pressed harder or put into files. */
export interface Ratios {
  warm: number;
  cold: number;
}
/** Measured on a shop's events (300 000 orders); replaced by what this house measures itself. */
export const usualRatios: Ratios = { warm: 0.27, cold: 0.65 };

/** The ratios of the steps taken so far, weighed by bytes. */
export function ratiosOf(runs: readonly { step: string; bytesBefore: number; bytesAfter: number }[]): Ratios {
  const ratio = (step: "warm" | "cold"): number => {
    const mine = runs.filter((run) => run.step === step && run.bytesBefore > 0);
    const before = sum(mine.map(({ bytesBefore }) => bytesBefore));
    return before === 0 ? usualRatios[step] : sum(mine.map(({ bytesAfter }) => bytesAfter)) / before;
  };
  return { warm: ratio("warm"), cold: ratio("cold") };
}

/** The months as they will be once the moves are made. */
export function afterMoves(
  months: readonly MonthOfData[],
  moves: readonly Move[],
  ratios: Ratios,
): MonthOfData[] {
  return months.flatMap((month): MonthOfData[] => {
    const move = moves.find((one) => one.month === month.month && one.tier === month.tier);
    if (move === undefined) return [month];
    if (move.step === "delete") return [];
    // What is warm already has been pressed: its file is about as large.
    const ratio = move.step === "cold" && month.tier === "warm" ? 1 : ratios[move.step];
    return [{ ...month, tier: move.step, bytes: Math.round(month.bytes * ratio) }];
  });
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
