import type { Target } from "../preset.ts";
import { synonyms } from "./synonyms.ts";

/** A header without what does not tell: case, blanks, brackets, units. */
export const bare = (header: string): string =>
  header
    .normalize("NFKC")
    .trim()
    .toLowerCase()
    .replace(/[\s_\-/.:：、]/g, "")
    .replace(/[（(](?:元|¥|件|个|%|选填|必填|可选)[)）]/g, "")
    .replace(/[()（）[\]【】]/g, "");

/** Initials of pinyin that spreadsheets of ERP systems use as headers, by target. */
const initials: Readonly<Record<string, string>> = {
  ddbh: "order",
  ddh: "order",
  sjh: "phone",
  sjhm: "phone",
  lxdh: "phone",
  xm: "name",
  xb: "gender",
  fksj: "paidAt",
  zfsj: "paidAt",
  xdsj: "placedAt",
  spbm: "sku",
  sjbm: "sku",
  spmc: "title",
  sl: "quantity",
  dj: "price",
  je: "amount",
  sfje: "amount",
  zt: "status",
  ddzt: "status",
  hyh: "member",
  hykh: "member",
  csrq: "bornOn",
  ck: "place",
  kc: "onHand",
  gys: "supplier",
  rq: "day",
};

export interface NameMatch {
  /** 0 to 1. */
  score: number;
  how: "same" | "contains" | "near" | "pinyin";
  alias: string;
}

/** How well a header names a target. */
export function nameMatch(header: string, target: Target): NameMatch | null {
  const name = bare(header);
  if (name === "") return null;
  if (initials[name] === target.id) return { score: 0.75, how: "pinyin", alias: name };
  let best: NameMatch | null = null;
  const take = (score: number, how: NameMatch["how"], alias: string) => {
    if (best === null || score > best.score) best = { score, how, alias };
  };
  for (const alias of [...target.aliases, ...(synonyms[target.id] ?? [])]) {
    const other = bare(alias);
    if (other === "") continue;
    if (other === name) return { score: 1, how: "same", alias };
    // The end of a Chinese name is its head: 收货人手机 is a phone, not a receiver; and 市 in 市场价 says nothing.
    if (other.length >= 2 && name.endsWith(other))
      take(0.5 + 0.4 * (other.length / name.length), "contains", alias);
    else if (other.length >= 2 && name.includes(other))
      take(0.2 + 0.35 * (other.length / name.length), "contains", alias);
    else if (name.length >= 2 && other.includes(name))
      take(0.4 + 0.4 * (name.length / other.length), "contains", alias);
    else {
      const near = overlap(name, other);
      if (near >= 0.5) take(near * 0.7, "near", alias);
    }
  }
  return best;
}

/** Dice's coefficient over pairs of neighbouring characters. */
function overlap(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0;
  const pairs = (text: string) => Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2));
  const others = pairs(b);
  let common = 0;
  for (const pair of pairs(a)) {
    const at = others.indexOf(pair);
    if (at < 0) continue;
    others.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (a.length + b.length - 2);
}
