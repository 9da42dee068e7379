import type { Words } from "@stork/contract/common.ts";
import type { IndicatorId } from "./indicators.ts";
import { indicatorOf } from "./indicators.ts";

export interface Told {
  readonly indicator: IndicatorId;
  readonly sourceName: string;
  readonly name: string;
  readonly field: string;
  readonly value: number;
  readonly usual: number | null;
}

/** What is wrong, in one sentence. */
export function titleOf({ indicator, sourceName, name, field, value, usual }: Told): Words {
  const { name: label, unit } = indicatorOf(indicator);
  const place = [name, field].filter((part) => part !== "").join(" · ");
  const zhUsual = usual === null || unit === "level" ? "" : `（平时 ${shown(usual, unit).zh}）`;
  const enUsual = usual === null || unit === "level" ? "" : ` (usually ${shown(usual, unit).en})`;
  const now = shown(value, unit);
  return {
    zh: `${sourceName}${place === "" ? "" : ` ${place}`}：${label.zh} ${now.zh}${zhUsual}`,
    en: `${sourceName}${place === "" ? "" : ` ${place}`}: ${label.en.toLowerCase()}, ${now.en}${enUsual}`,
  };
}

/** A figure in words. */
function shown(value: number, unit: "share" | "count" | "level" | "minutes"): Words {
  if (unit === "share") return same(`${rounded(value * 100)} %`);
  if (unit === "level")
    return { zh: `为平时的 ${rounded(value)} 倍`, en: `${rounded(value)} times the usual` };
  if (unit === "count") return { zh: `${Math.round(value)} 条`, en: `${Math.round(value)}` };
  if (value < 120) return { zh: `${rounded(value)} 分钟`, en: `${rounded(value)} minutes` };
  return { zh: `${rounded(value / 60)} 小时`, en: `${rounded(value / 60)} hours` };
}

const same = (text: string): Words => ({ zh: text, en: text });

const rounded = (value: number): string =>
  value >= 100
    ? String(Math.round(value))
    : String(Math.round(value * 10 ** (value >= 10 ? 1 : 2)) / 10 ** (value >= 10 ? 1 : 2));
