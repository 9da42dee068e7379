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

/** What an event and a field of it are called. */
export type Naming = (event: string, field: string) => Words;
/** The naming of a workspace, where people may have given names of their own. */
export type FindNaming = (workspace: number) => Promise<Naming>;

/** What is wrong, in one sentence. */
export function titleOf({ indicator, sourceName, name, field, value, usual }: Told, naming: Naming): Words {
  const { name: label, unit } = indicatorOf(indicator);
  const place = naming(name, field);
  const zhUsual = usual === null || unit === "level" ? "" : `（平时 ${shown(usual, unit).zh}）`;
  const enUsual = usual === null || unit === "level" ? "" : ` (usually ${shown(usual, unit).en})`;
  const now = shown(value, unit);
  return {
    zh: `${sourceName}${place.zh === "" ? "" : ` ${place.zh}`}：${label.zh} ${now.zh}${zhUsual}`,
    en: `${sourceName}${place.en === "" ? "" : ` ${place.en}`}: ${label.en.toLowerCase()}, ${now.en}${enUsual}`,
  };
}

/** A figure in words. */
function shown(value: number, unit: "share" | "count" | "level" | "minutes"): Words {
  if (unit === "share") return same(`${rounded(value * 100)}%`);
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
