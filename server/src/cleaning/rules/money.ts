import { isNothing, plain, unquoted } from "../characters.ts";
import { toFen } from "../money.ts";
import type { NoteCode } from "../notes.ts";
import type { Cleaned, Money, RuleContext, ValueRule } from "../rule.ts";

const usual = /^-?\d{1,9}(?:\.\d{1,2})?$/;
/** Signs and words of the currencies that cross-border shops are paid in. ¥ is renminbi here, as 円 is yen. */
const currencies: readonly (readonly [string, RegExp])[] = [
  ["CNY", /^(?:¥|cny|rmb|人民币|元|块|块钱|圆|元整)$/],
  ["HKD", /^(?:hk\$|hkd|港币|港元)$/],
  ["TWD", /^(?:nt\$|twd|新台币|台币)$/],
  ["MOP", /^(?:mop\$?|澳门元)$/],
  ["USD", /^(?:\$|us\$|usd|美元|美金)$/],
  ["EUR", /^(?:€|eur|欧元)$/],
  ["GBP", /^(?:£|gbp|英镑)$/],
  ["JPY", /^(?:jpy|円|日元)$/],
  ["KRW", /^(?:₩|krw|韩元)$/],
  ["AUD", /^(?:a\$|au\$|aud|澳元|澳币)$/],
  ["NZD", /^(?:nz\$|nzd|纽币|新西兰元)$/],
  ["CAD", /^(?:c\$|ca\$|cad|加元)$/],
  ["SGD", /^(?:s\$|sgd|新加坡元|新币)$/],
];
const form =
  /^([a-z$¥€£₩\p{Script=Han}]{0,5}\$?)([+-]?)([a-z$¥€£₩]{0,4})(\d[\d,]*(?:\.\d*)?|\.\d+)(亿|万|w|千|k)?([a-z$¥€£₩\p{Script=Han}]{0,5})$/u;
const scales: Readonly<Record<string, number>> = { 亿: 1e8, 万: 1e4, w: 1e4, 千: 1e3, k: 1e3 };
const grouped = /^\d{1,3}(?:,\d{3})+(?:\.\d*)?$/;
const fenWords = /^分$/;
const homeCurrency = "CNY";

function clean(written: string, context: RuleContext): Cleaned<Money> {
  if (usual.test(written)) return ofNumber(written, context, null, false);
  const whole = unquoted(plain(written)).toLowerCase().replaceAll(/\s/g, "").replaceAll("¥", "¥");
  if (isNothing(whole)) return { unreadable: "empty" };
  // ¥ has no place in GBK: a program that writes it there leaves a question mark.
  const text = whole.replace(/^[?\ufffd](?=[\d.])/, "¥");
  const inner = /^[([](.+)[)\]]$/.exec(text)?.[1];
  const parts = form.exec((inner ?? text).replaceAll(/[−–—]/g, "-"));
  if (parts === null) return { unreadable: "not-an-amount" };
  const [, before = "", sign = "", between = "", digits = "", scale, after = ""] = parts;
  if (digits.includes(",") && !grouped.test(digits)) return { unreadable: "not-an-amount" };
  const words = [before, between, after].filter((word) => word !== "");
  const isFen = words.some((word) => fenWords.test(word));
  const said = words.filter((word) => !fenWords.test(word)).map(currencyOf);
  if (said.includes(null) || new Set(said).size > 1) return { unreadable: "currency-unknown" };
  const isNegative = (sign === "-") !== (inner !== undefined);
  const scaled = scaledText(digits.replaceAll(",", ""), scale);
  const note: NoteCode =
    scale !== undefined
      ? "ten-thousands"
      : inner !== undefined
        ? "brackets"
        : words.length === 0 && /[０-９]/.test(written)
          ? "full-width"
          : "currency-sign";
  return ofNumber(
    `${isNegative ? "-" : ""}${scaled}`,
    isFen ? { ...context, unit: "fen" } : context,
    said[0] ?? null,
    note,
  );
}

function ofNumber(
  digits: string,
  context: RuleContext,
  said: string | null,
  note: NoteCode | false,
): Cleaned<Money> {
  const currency = said ?? context.currency ?? homeCurrency;
  const isFen = context.unit === "fen" && said === null;
  // Half a fen: the column counts yuan after all, or an average. A hundredfold error is worse than a question.
  if (isFen && !/^-?\d+(?:\.0+)?$/.test(digits)) return { unreadable: "unit-doubtful" };
  const fen = isFen ? Math.trunc(Number(digits)) : toFen(digits);
  if (fen === null || Math.abs(fen) > 1e12) return { unreadable: "not-an-amount" };
  const value: Money = { fen: fen === 0 ? 0 : fen, currency };
  const base = note === false ? { value, changed: isFen } : { value, changed: true };
  const said2 = note === false ? (isFen ? { note: "fen" as const } : {}) : { note };
  return currency === homeCurrency ? { ...base, ...said2 } : { ...base, ...said2, marks: ["currency-other"] };
}

const currencyOf = (word: string): string | null =>
  currencies.find(([, names]) => names.test(word))?.[0] ?? null;

/** 1.2万 is 12000: shifted in the text, since 1.15 × 10 000 is not whole in floating point. */
function scaledText(digits: string, scale: string | undefined): string {
  if (scale === undefined) return digits.replace(/^\./, "0.").replace(/\.$/, "");
  return String(Math.round(Number(digits) * (scales[scale] ?? 1) * 100) / 100);
}

export const money: ValueRule<"money"> = {
  id: "money",
  label: { zh: "金额和货币", en: "Money" },
  what: {
    zh: "金额读成整数分：货币符号、千分位、「万」、括号负数都认；列里写的是分就按分；外币保留币种并标记。",
    en: "Amounts become whole fen: signs, thousands, 万, brackets for minus, columns in fen; other currencies keep their code and are marked.",
  },
  personal: false,
  examples: [
    { written: "¥1,299.00", becomes: "CNY 1299.00" },
    { written: "1.2万", becomes: "CNY 12000.00" },
    { written: "(35.50)", becomes: "CNY -35.50" },
    { written: "129900", context: { unit: "fen" }, becomes: "CNY 1299.00" },
    { written: "12.5", context: { unit: "fen" }, becomes: "unit-doubtful" },
    { written: "USD 12.5", becomes: "USD 12.50" },
  ],
  clean,
  show: ({ fen, currency }) => `${currency} ${(fen / 100).toFixed(2)}`,
};
