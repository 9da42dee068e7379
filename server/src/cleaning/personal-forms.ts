import { isIdNumber, isOldIdNumber, luhnHolds } from "./id-numbers.ts";

/**
 * What identifies somebody by how it looks, wherever it stands in a text. Numbers that only might be one are held against
 * their check digit: one order number in ten would pass for a bank card without its beginning, one in a hundred does not.
 */

const emails = /[\w.%+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const mobiles = /(?<![\d.])(?:(?:\+|00)?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)/g;
/** 0571-88889999, (010)65551234, 057188889999. Without the leading nought it could be any number. */
const landlines = /(?<![\d.])(?:\(0[1-9]\d{1,2}\)|0[1-9]\d{1,2}[- ]?)[2-8]\d{6,7}(?!\d)(?:-\d{1,5}(?!\d))?/g;
const foreign =
  /(?<![\d.+])(?:\+|00(?=[1-9]))[1-9]\d{0,2}[ -]?(?:\(\d{1,4}\)[ -]?)?\d(?:[ -]?\d){5,12}(?!\d)/g;
const eighteen = /(?<!\d)[1-9]\d{16}[\dXx](?!\d)/g;
const fifteen = /(?<!\d)[1-6][1-7]\d{13}(?!\d)/g;
/** UnionPay begins with 62 and has up to nineteen digits; Visa and MasterCard have sixteen. */
const cards = /(?<!\d)(?:62\d{2}|4\d{3}|5[1-5]\d{2})(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)/g;
/** The number of a house, building or door, and those that follow it: 478 号 3 幢 201 室. */
const houses =
  /(?<![\d-])\d{1,5}(?:-\d{1,5}){0,3} ?(?:号楼?|弄|栋|幢|室|单元|户)(?: ?\d{1,5}(?:-\d{1,5}){0,3} ?(?:号楼?|弄|栋|幢|室|单元|楼|层|户)){0,6}(?:\d{1,5})?/g;
/** A road, a village or an estate, at most a few characters before the number. */
const road = /(?:路|街|巷|弄|胡同|大道|村|小区|花园|家园|公寓|苑|里)[^\s,，。;；"]{0,12} ?$/u;
const roadReach = 16;
const placeReach = 40;
const place = /[\p{Script=Han}\w ]/u;

/**
 * A house with its road goes together with the words before it, which name the place. Backwards by hand and at most forty
 * characters: as one pattern it took minutes for a text made to be slow.
 */
function withoutHouses(text: string): string {
  let kept = "";
  let done = 0;
  for (const { 0: found, index } of text.matchAll(houses)) {
    if (index < done || !road.test(text.slice(Math.max(done, index - roadReach), index))) continue;
    let from = index;
    while (from > done && index - from < placeReach && place.test(text.charAt(from - 1))) from--;
    kept += `${text.slice(done, from)}[address]`;
    done = index + found.length;
  }
  return kept + text.slice(done);
}

const addresses =
  /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])|(?<![\da-f:])(?:[\da-f]{1,4}:){7}[\da-f]{1,4}(?![\da-f:])/gi;

const token = (holds: (digits: string) => boolean, word: string) => (found: string) =>
  holds(found.replaceAll(/[ -]/g, "")) ? word : found;
const isCard = (digits: string): boolean =>
  (digits.startsWith("62") ? digits.length >= 16 && digits.length <= 19 : digits.length === 16) &&
  luhnHolds(digits);

/** Full-width digits hide a number from every pattern above, not from a reader. */
const fullWidth = /[０-９＠＋]/;

/** The text with a token in the place of whatever identifies; the same text when nothing does. */
export function withoutPersonal(text: string, options: { numbers: boolean; houses: boolean }): string {
  const plain = fullWidth.test(text) ? text.normalize("NFKC") : text;
  let kept = plain;
  if (kept.includes("@")) kept = kept.replace(emails, "[email]");
  if (options.numbers && kept.length >= 10 && /\d{3}/.test(kept)) {
    kept = kept
      .replace(eighteen, token(isIdNumber, "[id-number]"))
      .replace(cards, token(isCard, "[bank-card]"))
      .replace(fifteen, token(isOldIdNumber, "[id-number]"))
      .replace(mobiles, "[phone]")
      .replace(landlines, "[phone]")
      .replace(foreign, "[phone]");
  }
  if (options.houses && /\d ?[号弄栋幢室单户]/.test(kept)) kept = withoutHouses(kept);
  return kept === plain ? text : kept;
}

export const withoutIpAddress = (text: string): string => text.replace(addresses, "[ip]");

/**
 * Whether a text may hold any of these: one look at each character, for the many texts that do not. It may be wrong in
 * one direction only, and a test holds it to that. By hand, since a regular expression that looks for numbers of several
 * lengths starts anew at each digit.
 */
export function mayHoldPersonal(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 64) return true;
    if (code > 0xff00 && (code === 0xff0b || (code >= 0xff10 && code <= 0xff20))) return true;
    if (!isDigit(code)) continue;
    const end = endOfRun(text, i);
    if (end < text.length && isHouse(text, i, end)) return true;
    if (startsNumber(text, i, end)) return true;
    i = end - 1;
  }
  return false;
}

const houseSigns = "号弄栋幢室单户";
/** One character of each word for a road, by its code. */
const roadSigns = new Uint8Array(0x1_0000);
for (const sign of "路街巷弄同道村区园寓苑里") roadSigns[sign.charCodeAt(0)] = 1;
/** As far as a road may be from a house's last number: its own reach, and four numbers with hyphens before it. */
const houseReach = roadReach + 24;

/** A house without a road before it is a product's number: 2 号 of a series. */
function isHouse(text: string, from: number, end: number): boolean {
  if (!houseSigns.includes(text.charAt(text[end] === " " ? end + 1 : end))) return false;
  const reach = Math.max(0, from - houseReach);
  for (let i = from - 1; i >= reach; i -= 1) if (roadSigns[text.charCodeAt(i)] === 1) return true;
  return false;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

function endOfRun(text: string, from: number): number {
  let end = from + 1;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

/** What is dialled has no fewer. */
const fewestDigits = 7;
/** A blank, a hyphen, a bracket. */
const joins = (code: number): boolean => code === 32 || code === 45 || code === 40 || code === 41;

/** By how a run of digits begins and how long it may get over blanks and hyphens. */
function startsNumber(text: string, from: number, end: number): boolean {
  const run = end - from;
  // Nearly all are a price, a size, a part of a date: too short by themselves, and nothing joins them to the next.
  if (run < fewestDigits && !joins(text.charCodeAt(end))) return false;
  const first = text.charCodeAt(from) - 48;
  const second = text.charCodeAt(from + 1) - 48;
  // An identity number, by its length.
  if (first > 0 && (run === 18 || (run === 17 && (text.charCodeAt(end) | 32) === 120))) return true;
  // The last digits of a price in floating point are as many as an old one has; hardly any say a day.
  if (
    run === 15 &&
    first >= 1 &&
    first <= 6 &&
    second >= 1 &&
    second <= 7 &&
    isOldIdNumber(text.slice(from, end))
  )
    return true;
  if (text.charCodeAt(from - 1) === 43) return digitsFrom(text, from, 7);
  // Behind a decimal point nothing is dialled.
  if (text.charCodeAt(from - 1) === 46) return first >= 4 && first <= 6 && digitsFrom(text, from, 16);
  if (first === 1) return second >= 3 && run <= 11 && digitsFrom(text, from, 11);
  if (first === 8 && second === 6 && run <= 13 && digitsFrom(text, from, 13)) return true;
  if (first === 0) return digitsFrom(text, from, 7);
  return first >= 4 && first <= 6 && digitsFrom(text, from, 16);
}

function digitsFrom(text: string, from: number, enough: number): boolean {
  let count = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) {
      count++;
      if (count >= enough) return true;
    } else if (!joins(code)) return false;
  }
  return false;
}
