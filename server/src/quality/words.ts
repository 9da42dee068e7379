import type { Words } from "@stork/contract/common.ts";
import type { AlertRow } from "./alerts.store.ts";
import { counted } from "./counted.ts";
import type { IndicatorId } from "./indicators.ts";
import { indicatorOf } from "./indicators.ts";

/** One figure that broke, as it is told. */
export interface ToldPart {
  readonly indicator: IndicatorId;
  readonly name: string;
  readonly field: string;
  readonly value: number;
  readonly usual: number | null;
}

/** What broke together; the first speaks for all. */
export interface Told {
  readonly sourceName: string;
  readonly parts: readonly ToldPart[];
}

export const toldOf = ({ sourceName, parts }: AlertRow, which: "value" | "worst"): Told => ({
  sourceName,
  parts: parts.map(({ figure, ...part }) => ({ ...part, value: figure[which], usual: figure.usual })),
});

/** What an event and a field of it are called. */
export type Naming = (event: string, field: string) => Words;
/** The naming of a workspace, where people may have given names of their own. */
export type FindNaming = (workspace: number) => Promise<Naming>;

/** Of more, a sentence names these and says how many there are. */
const mostNamed = 3;

/** What is wrong, in one sentence. */
export function titleOf({ sourceName, parts }: Told, naming: Naming): Words {
  const [lead, ...others] = parts;
  if (lead === undefined) return same(sourceName);
  if (others.length === 0) {
    const place = naming(lead.name, lead.field);
    const what = partText(lead);
    return {
      zh: `${sourceName}${place.zh === "" ? "" : ` ${place.zh}`}：${what.zh}`,
      en: `${sourceName}${place.en === "" ? "" : ` ${place.en}`}: ${what.en}`,
    };
  }
  const names = [...new Set(parts.map(({ indicator }) => indicator))].map((id) => indicatorOf(id).name);
  const more = names.length > mostNamed;
  const places = parts.map(({ name, field }) => naming(name, field));
  const zhWhat = names.slice(0, mostNamed).map(({ zh }) => zh);
  const enWhat = names.slice(0, mostNamed).map(({ en }) => en.toLowerCase());
  return {
    zh: `${sourceName}：${zhWhat.join("、")}${more ? "等" : ""}，共 ${parts.length} 处（${listed(places.map(({ zh }) => zh)).join("、")}${places.length > mostNamed ? " 等" : ""}）`,
    en: `${sourceName}: ${enWhat.join(", ")}${more ? " and more" : ""} in ${parts.length} places (${listed(places.map(({ en }) => en)).join(", ")}${places.length > mostNamed ? " …" : ""})`,
  };
}

const listed = (places: readonly string[]): string[] =>
  [...new Set(places.filter((place) => place !== ""))].slice(0, mostNamed);

/** Of one figure: what it counts, how it is now, and how it usually is. */
export function partText({ indicator, value, usual }: ToldPart): Words {
  const { name: label, unit } = indicatorOf(indicator);
  const now = shown(value, unit, usual);
  const before = usual === null || unit === "level" ? null : shown(usual, unit, value);
  return {
    zh: `${label.zh} ${now.zh}${before === null ? "" : `（平时 ${before.zh}）`}`,
    en: `${label.en.toLowerCase()}, ${now.en}${before === null ? "" : ` (usually ${before.en})`}`,
  };
}

/** A figure in words, with so many digits that it can be told from the other it is held against. */
function shown(value: number, unit: "share" | "count" | "level" | "minutes", other: number | null): Words {
  if (unit === "share") return same(shareText(value, other));
  if (unit === "level")
    return { zh: `为平时的 ${rounded(value)} 倍`, en: `${rounded(value)} times the usual` };
  if (unit === "count") return { zh: `${Math.round(value)} 条`, en: `${Math.round(value)}` };
  if (value < 120) return { zh: `${rounded(value)} 分钟`, en: counted(rounded(value), "minute") };
  return { zh: `${rounded(value / 60)} 小时`, en: counted(rounded(value / 60), "hour") };
}

const least = 0.0001;

function shareText(share: number, other: number | null): string {
  // What hardly ever happens is not never.
  if (share > 0 && share < least) return "<0.01%";
  const text = `${rounded(share * 100)}%`;
  if (other === null || other === share || text !== `${rounded(other * 100)}%`) return text;
  return `${(share * 100).toFixed(4).replace(/0+$/, "")}%`;
}

const same = (text: string): Words => ({ zh: text, en: text });

const rounded = (value: number): string =>
  value >= 100
    ? String(Math.round(value))
    : String(Math.round(value * 10 ** (value >= 10 ? 1 : 2)) / 10 ** (value >= 10 ? 1 : 2));
