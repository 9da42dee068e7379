import { isNothing, plain } from "../characters.ts";
import { type Pack, showPack } from "../pack.ts";
import type { Cleaned, ValueRule } from "../rule.ts";

const number = "(\\d{1,5}(?:\\.\\d{1,3})?)";
const weighed = new RegExp(`${number}\\s*(kg|千克|公斤|mg|毫克|g|克|ml|毫升|l(?![a-z码])|升|斤)`, "i");
const pieces = /(\d{1,4})\s*(?:片|抽|枚|pcs|pieces?)/i;
const holder = "罐|听|盒|袋|包|瓶|支|条|箱|提|件|组|桶|杯|枚";
const times = new RegExp(
  `(?:[×x*]\\s*(\\d{1,3})(?!\\d)\\s*(?:${holder})?|(?<![\\d.])(\\d{1,3})\\s*(?:${holder})(?:装|组合|套装)?)`,
  "gi",
);
const hanTimes = new RegExp(`([一二两三四五六七八九十])\\s*(?:${holder})装?`);
const stages = /(?<![\d.])([1-5一二三四五])\s*段|(?:stage|step)\s*([1-5])|(?<![a-z])(pre|p)\s*段/i;
const sizes =
  /(?<![a-z])(nb|ss|s|m|l|xl|xxl|xxxl|xxxxl|[2-4]xl)(?:\s*(?:号|码)|(?=\s*\d{1,4}\s*(?:片|p\b))|(?:[+加])?(?=\s|$|[,/)]))|(?<!\d)(5[29]|66|73|80|90|1[0-6]0)\s*(?:cm|码|厘米)/i;
const newborn = /新生儿?(?:码|号)|初生/;
const spans = /(?<![\d.])(\d{1,2})\s*[-~至到—–]\s*(\d{1,2})\s*(?:个?月龄?|m(?![a-z\d]))/i;
const years = /(?<![\d.])(\d{1,2})\s*[-~至到—–]\s*(\d{1,2})\s*(?:周?岁|y(?![a-z]))/i;
const onwards = /(?<![\d.])(\d{1,2})\s*(?:个月|月龄|m)\s*(?:以上|\+|起)/i;
const hanNumbers = "零一二三四五六七八九十";

const grams: Readonly<Record<string, readonly [factor: number, unit: "g" | "ml"]>> = {
  kg: [1000, "g"],
  千克: [1000, "g"],
  公斤: [1000, "g"],
  斤: [500, "g"],
  g: [1, "g"],
  克: [1, "g"],
  mg: [0.001, "g"],
  毫克: [0.001, "g"],
  l: [1000, "ml"],
  升: [1000, "ml"],
  ml: [1, "ml"],
  毫升: [1, "ml"],
};

function clean(written: string): Cleaned<Pack> {
  const text = plain(written).replaceAll(/[✕✖⨯]/g, "×");
  if (isNothing(text)) return { unreadable: "empty" };
  if (text.length > 500) return { unreadable: "too-long" };
  const [each, unit] = contentOf(text);
  const value: Pack = {
    count: countOf(text),
    each,
    unit,
    stage: stageOf(text),
    size: sizeOf(text),
    months: monthsOf(text),
  };
  if (value.count === 1 && [each, value.stage, value.size, value.months].every((part) => part === null))
    return { unreadable: "no-pack" };
  return { value, changed: showPack(value) !== written, note: "pack-read" };
}

function contentOf(text: string): [number | null, Pack["unit"]] {
  const weight = weighed.exec(text);
  if (weight !== null) {
    const [factor, unit] = grams[(weight[2] as string).toLowerCase()] ?? [1, "g"];
    return [Math.round(Number(weight[1]) * factor * 1000) / 1000, unit];
  }
  const counted = pieces.exec(text);
  return counted === null ? [null, null] : [Number(counted[1]), "piece"];
}

/** 900g×6罐, 3罐装, 三罐装; with both 6罐 and ×2 (two cartons of six) they multiply. */
function countOf(text: string): number {
  const counts = [...text.matchAll(times)].map((found) => Number(found[1] ?? found[2]));
  const known = counts.filter((count) => count > 0 && count <= 500);
  if (known.length === 0) {
    const word = hanTimes.exec(text)?.[1];
    return word === undefined ? 1 : word === "两" ? 2 : hanNumbers.indexOf(word);
  }
  // 900g×6 (6罐装) says the same twice.
  return Math.min(
    5000,
    [...new Set(known)].reduce((product, count) => product * count, 1),
  );
}

function stageOf(text: string): Pack["stage"] {
  const found = stages.exec(text);
  if (found === null) return null;
  if (found[3] !== undefined) return "pre";
  const digit = found[1] ?? found[2] ?? "";
  return (hanNumbers.includes(digit) ? hanNumbers.indexOf(digit) : Number(digit)) as Pack["stage"];
}

function sizeOf(text: string): string | null {
  if (newborn.test(text)) return "NB";
  const found = sizes.exec(text);
  const size = (found?.[1] ?? found?.[2])?.toUpperCase();
  if (size === undefined) return null;
  const many = /^([2-4])XL$/.exec(size);
  return many === null ? size : `${"X".repeat(Number(many[1]))}L`;
}

function monthsOf(text: string): Pack["months"] {
  const inMonths = spans.exec(text);
  if (inMonths !== null) return ordered(Number(inMonths[1]), Number(inMonths[2]));
  const inYears = years.exec(text);
  if (inYears !== null) return ordered(Number(inYears[1]) * 12, Number(inYears[2]) * 12);
  const from = onwards.exec(text)?.[1];
  return from === undefined ? null : [Number(from), 72];
}

const ordered = (from: number, to: number): Pack["months"] => (from < to ? [from, to] : null);

export const pack: ValueRule<"pack"> = {
  id: "pack",
  label: { zh: "规格和包装", en: "Pack and units" },
  what: {
    zh: "从标题或规格读出含量、件数、段位、尺码和月龄（900g×6、3段、NB84片、0-6个月）。",
    en: "Reads content, count, formula stage, size and months from a title or specification (900g×6, 3段, NB84片, 0-6个月).",
  },
  personal: false,
  examples: [
    { written: "飞鹤星飞帆3段 900g×6罐", becomes: "900g×6 3段" },
    { written: "帮宝适NB84片", becomes: "84片 NB码" },
    { written: "1.2kg*2", becomes: "1200g×2" },
    { written: "米粉 6-12个月 3盒装", becomes: "3罐 6-12个月" },
    { written: "连体衣 66cm", becomes: "66cm" },
    { written: "奶瓶刷", becomes: "no-pack" },
  ],
  clean,
  show: showPack,
};
