import { isNothing, plain, unquoted } from "../characters.ts";
import { checkCharacter, isIdNumber } from "../id-numbers.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";

const kept = /^id:[\w-]{16,}$/;

function clean(written: string, context: RuleContext): Cleaned<string> {
  if (kept.test(written)) return { value: written, changed: false };
  const text = unquoted(plain(written)).replaceAll(/[\s-]/g, "").toUpperCase();
  if (isNothing(text)) return { unreadable: "empty" };
  if (/^[\d*X]{15,18}$/.test(text) && text.includes("**"))
    return { value: text, changed: text !== written, note: "masked", marks: ["value-masked"] };
  if (/^\d(?:\.\d+)?E\+?\d+$/.test(text)) return { unreadable: "lost-in-spreadsheet" };
  const long = /^\d{15}$/.test(text) ? ofFifteen(text) : text;
  if (!isIdNumber(long)) {
    // A spreadsheet keeps fifteen digits of a number and writes noughts for the others.
    if (/^\d{15}000$/.test(text)) return { unreadable: "lost-in-spreadsheet" };
    return { unreadable: /^\d{17}[\dX]$/.test(text) ? "check-digit" : "not-an-id-number" };
  }
  if (context.hash === undefined) return { unreadable: "no-key" };
  const note = long === text ? "hashed" : "fifteen-digits";
  return { value: `id:${context.hash(long)}`, changed: true, note };
}

/** The numbers given until 1999 have no century and no check character; with both they are the same person's number. */
const ofFifteen = (old: string): string => {
  const first = `${old.slice(0, 6)}19${old.slice(6)}`;
  return first + checkCharacter(first);
};

export const idNumber: ValueRule<"id-number"> = {
  id: "id-number",
  label: { zh: "身份证号", en: "Identity number" },
  what: {
    zh: "校验 18 位（GB 11643）和 15 位身份证号，之后只保留带密钥的哈希。",
    en: "Checks 18-digit (GB 11643) and 15-digit numbers; afterwards only a keyed hash is kept.",
  },
  personal: true,
  examples: [
    {
      written: "11010519491231002X",
      context: { hash: () => "9f2c4e1a7b3d5f60" },
      becomes: "id:9f2c4e1a7b3d5f60",
    },
    { written: "110105194912310021", becomes: "check-digit" },
    { written: "1101**********002X", becomes: "1101**********002X" },
    { written: "1.10105E+17", becomes: "lost-in-spreadsheet" },
  ],
  clean,
  show: (value) => value,
};
