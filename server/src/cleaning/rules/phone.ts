import { parsePhoneNumberFromString } from "libphonenumber-js";
import { isNothing, plain, unquoted } from "../characters.ts";
import type { NoteCode } from "../notes.ts";
import type { Cleaned, ValueRule } from "../rule.ts";

const mainland = /^(?:\+?86|0086)?0?(1[3-9]\d{9})$/;
/** Typed where a form insists on a number: 13800000000, 13888888888. */
const typed = /(\d)\1{7}$/;
const masked = /^\+?\d{0,7}[*xX]{2,}\d{0,6}$/;
/** 17012345678-1234, 17012345678转1234: a platform's stand-in for the buyer's number, another buyer's next month. */
const standIn = /^(?:\+?86)?1[3-9]\d{9}\s*(?:[-_,#转]|ext\.?|分机)+\s*\d{1,6}$/i;
const extension = /\s*(?:[_,#转]|ext\.?|分机)+\s*\d{1,6}$|(?<=\d{7,})-\d{1,5}$/i;
const power = /^(\d)(?:\.(\d+))?E\+?(\d{1,2})$/i;
const mobiles = /(?<!\d)1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;
const labelled = /^(?:tel|phone|mobile|电话|手机号?|联系方式|联系电话)\s*:\s*/i;

function clean(written: string): Cleaned<string> {
  const known = mainland.exec(written);
  if (known !== null) return ofMainland(known[1] as string, written, "prefix");
  const text = unquoted(plain(written)).replace(labelled, "").replaceAll(/[•●×]/g, "*");
  if (isNothing(text)) return { unreadable: "empty" };
  if (text.length > 60) return { unreadable: "not-a-phone" };
  const bare = text.replaceAll(/[\s()·–—-]/g, "").replace(/\.0+$/, "");
  if (masked.test(bare)) return ofMasked(bare.replace(/^\+?86(?=1)/, "").replaceAll(/x/gi, "*"), written);
  const national = mainland.exec(bare)?.[1];
  const fullWidth = /[０-９＋]/.test(written);
  if (national !== undefined)
    return ofMainland(national, written, fullWidth ? "full-width" : bare === text ? "prefix" : "separators");
  if (standIn.test(text)) return { unreadable: "virtual-number" };
  // Eight digits may be a number in every large city.
  if (/^[2-8]\d{6,7}$/.test(bare)) return { unreadable: "no-area-code" };
  return ofSpreadsheet(bare, written) ?? ofForeign(text, written) ?? ofSentence(text, written);
}

function ofMainland(national: string, written: string, note: NoteCode): Cleaned<string> {
  if (typed.test(national)) return { unreadable: "placeholder" };
  const value = `+86${national}`;
  // Eleven digits are how everybody here writes a number: nothing was put right.
  if (written === national || written === value) return { value, changed: false };
  return { value, changed: true, note };
}

/** Its ends meet those of a known number at most (people/phone-ends.ts); it names nobody. */
function ofMasked(value: string, written: string): Cleaned<string> {
  return { value, changed: value !== written, note: "masked", marks: ["value-masked"] };
}

/** 1.3912345671E+10 has all its digits, 1.39E+10 has lost them. */
function ofSpreadsheet(bare: string, written: string): Cleaned<string> | null {
  const parts = power.exec(bare);
  if (parts === null) return null;
  const digits = `${parts[1]}${parts[2] ?? ""}`;
  if (digits.length !== Number(parts[3]) + 1) return { unreadable: "lost-in-spreadsheet" };
  const national = mainland.exec(digits)?.[1];
  return national === undefined
    ? { unreadable: "not-a-phone" }
    : ofMainland(national, written, "spreadsheet");
}

/** Landlines and numbers of other countries, by the numbering plans that libphonenumber keeps. */
function ofForeign(text: string, written: string): Cleaned<string> | null {
  const whole = text.replace(/\.0+$/, "").replace(/^00(?=[1-9])/, "+");
  const short = whole.replace(extension, "");
  const parsed = parsePhoneNumberFromString(short, "CN");
  if (parsed?.isValid() !== true) return null;
  const value = parsed.number;
  if (typed.test(value)) return { unreadable: "placeholder" };
  if (value === written) return { value, changed: false };
  return { value, changed: true, note: short === whole ? "international-form" : "extension" };
}

/** "138 1234 5678 / 13912345678", "王妈妈13812345678": the first mobile number in it. */
function ofSentence(text: string, written: string): Cleaned<string> {
  const found = text.match(mobiles);
  const first = mainland.exec(found?.[0]?.replaceAll(/[ -]/g, "") ?? "")?.[1];
  if (first === undefined) return { unreadable: "not-a-phone" };
  return ofMainland(first, written, found?.length === 1 ? "found-inside" : "first-of-several");
}

export const phone: ValueRule<"phone"> = {
  id: "phone",
  label: { zh: "电话号码", en: "Phone number" },
  what: {
    zh: "手机、座机和国际号码统一写成 +86… 的形式；打码的号码只作参考，不当作标识；表格里丢了位数的不猜。",
    en: "Mobile, landline and international numbers in one form (+86…); a masked one identifies nobody; lost digits are not guessed.",
  },
  personal: true,
  examples: [
    { written: "１３９１２３４５６７１", becomes: "+8613912345671" },
    { written: "8613912345671.0", becomes: "+8613912345671" },
    { written: "(010) 6555-1234", becomes: "+861065551234" },
    { written: "+1 650 253 0000", becomes: "+16502530000" },
    { written: "138****1234", becomes: "138****1234" },
    { written: "17012345678-1234", becomes: "virtual-number" },
    { written: "1.39E+10", becomes: "lost-in-spreadsheet" },
  ],
  clean,
  show: (value) => value,
};
