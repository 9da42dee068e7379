import { isPossible } from "../../../cleaning/time-bounds.ts";
import { instantOfWallTime } from "../../../cleaning/zone.ts";
import type { CutRow } from "../../reading/cut-row.ts";

// Values as nearly every export writes them, read by hand where they stand: to the letter what their rules make of them
// (cleaning/rules), or not at all.

const [quote, apostrophe, hyphen, point, nought, nine, colon, equals] = [34, 39, 45, 46, 48, 57, 58, 61];

/** Where in a row the cell stands that was looked at last, without what spreadsheets put around it. */
export class Span {
  from = 0;
  to = 0;

  /** Whether the cell says what it is by plain characters alone: no blank at its ends, nothing that is taken out. */
  of({ text, from, to }: CutRow, place: number): boolean {
    let begin = from[place] as number;
    let end = to[place] as number;
    if (begin === end) {
      this.from = begin;
      this.to = end;
      return true;
    }
    const first = text.charCodeAt(begin);
    if (first === equals && end - begin > 3 && text.charCodeAt(begin + 1) === quote) {
      if (text.charCodeAt(end - 1) !== quote) return false;
      begin += 2;
      end -= 1;
    } else if (first === equals || first === apostrophe) return false;
    if (isEdge(text.charCodeAt(begin)) || isEdge(text.charCodeAt(end - 1))) return false;
    for (let at = begin; at < end; at += 1) if (text.charCodeAt(at) < 32) return false;
    this.from = begin;
    this.to = end;
    return true;
  }
}

/** What may be a blank of some alphabet, and be trimmed; CJK characters, which names begin and end with, are none. */
const isEdge = (code: number): boolean =>
  code <= 32 || (code > 126 && code < 0x2e80) || code === 0x3000 || code > 0xf8ff;

/** Fen of an amount in yuan: 1 to 9 digits, and perhaps a point and one or two more. NaN: written otherwise. */
export function quickFen({ text, from, to }: CutRow, place: number): number {
  const end = to[place] as number;
  let at = from[place] as number;
  let yuan = 0;
  const begin = at;
  for (; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code < nought || code > nine) break;
    yuan = yuan * 10 + code - nought;
  }
  const digits = at - begin;
  if (digits === 0 || digits > 9) return Number.NaN;
  if (at === end) return yuan * 100;
  const left = end - at - 1;
  if (text.charCodeAt(at) !== point || left < 1 || left > 2) return Number.NaN;
  const tenth = text.charCodeAt(at + 1) - nought;
  const hundredth = left === 2 ? text.charCodeAt(at + 2) - nought : 0;
  if (tenth < 0 || tenth > 9 || hundredth < 0 || hundredth > 9) return Number.NaN;
  return yuan * 100 + tenth * 10 + hundredth;
}

/** Milliseconds since 1970 of 2026-01-03 08:05:00 on a zone's clocks, where that can have been; NaN: anything else. */
export function quickInstant({ text, from, to }: CutRow, place: number, zone: string, now: number): number {
  const at = from[place] as number;
  if ((to[place] as number) - at !== 19) return Number.NaN;
  if (text.charCodeAt(at + 4) !== hyphen || text.charCodeAt(at + 7) !== hyphen) return Number.NaN;
  if (text.charCodeAt(at + 10) !== 32) return Number.NaN;
  if (text.charCodeAt(at + 13) !== colon || text.charCodeAt(at + 16) !== colon) return Number.NaN;
  const year = two(text, at) * 100 + two(text, at + 2);
  const [month, day] = [two(text, at + 5), two(text, at + 8)];
  const [hour, minute, second] = [two(text, at + 11), two(text, at + 14), two(text, at + 17)];
  // A character that is no digit makes its number far too large.
  if (year < 2000 || year > 2200 || month < 1 || month > 12 || day < 1) return Number.NaN;
  if (day > 28 && day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return Number.NaN;
  if (hour > 23 || minute > 59 || second > 59) return Number.NaN;
  const instant =
    hourOf(zone, (year * 100 + month) * 10_000 + day * 100 + hour) + (minute * 60 + second) * 1000;
  return isPossible(instant, now) ? instant : Number.NaN;
}

let lastZone = "";
let lastHour = 0;
let lastStart = 0;

/** When an hour (YYYYMMDDHH) begins on a zone's clocks; the orders of a file follow each other. A zone that is off by part of an hour moves its clocks by whole hours as well. */
function hourOf(zone: string, hour: number): number {
  if (hour === lastHour && zone === lastZone) return lastStart;
  const [days, month] = [Math.floor(hour / 100), Math.floor(hour / 10_000) % 100];
  const wall = Date.UTC(Math.floor(hour / 1_000_000), month - 1, days % 100, hour % 100);
  lastZone = zone;
  lastHour = hour;
  lastStart = instantOfWallTime(zone, wall);
  return lastStart;
}

function two(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - nought, text.charCodeAt(at + 1) - nought];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 1_000_000;
}

/** Whether a cell is a mainland mobile number of eleven digits, and none that was typed because a form insists. */
export function isQuickPhone({ text, from, to }: CutRow, place: number): boolean {
  const at = from[place] as number;
  if ((to[place] as number) - at !== 11 || text.charCodeAt(at) !== nought + 1) return false;
  if (text.charCodeAt(at + 1) < nought + 3) return false;
  let alike = 1;
  for (let i = 1; i < 11; i += 1) {
    const code = text.charCodeAt(at + i);
    if (code < nought || code > nine) return false;
    alike = code === text.charCodeAt(at + i - 1) ? alike + 1 : 1;
  }
  return alike < 8;
}

/** Whether JSON writes these characters as they stand. */
export function isPlainText(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === quote || code === 92 || (code >= 0xd800 && code < 0xe000)) return false;
  }
  return true;
}
