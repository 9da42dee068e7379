import { instantOfWallTime, zoneOffset } from "./zone.ts";

const written =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}:?\d{2})?$/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const number = /^-?\d{1,16}(\.\d+)?$/;
/** Below this a number counts seconds, above it milliseconds (in seconds it would be the year 5138). */
const firstMilliseconds = 1e11;

/**
 * Reads a time in the forms that sources write: ISO 8601 with or without zone, epoch seconds or milliseconds (a number
 * or its digits), YYYY-MM-DD, YYYY/M/D H:mm:ss, YYYYMMDD. What has no zone of its own is `zone`'s wall time.
 * Milliseconds since 1970, or null when it is no time that exists.
 */
export function readInstant(value: unknown, zone: string): number | null {
  if (typeof value === "number") return ofEpoch(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.getTime();
  if (typeof value !== "string") return null;
  const usual = readUsual(value);
  if (usual !== null) return usual;
  const text = value.trim();
  const parts = written.exec(text) ?? compact.exec(text);
  if (parts === null) return number.test(text) ? ofEpoch(Number(text)) : null;
  const wall = wallTime(parts);
  if (wall === null) return null;
  const offset = parts[8];
  if (offset === undefined) return instantOfWallTime(zone, wall);
  if (offset === "Z" || offset === "z") return wall;
  const digits = offset.replace(":", "");
  const ms = (Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3))) * 60_000;
  return digits[0] === "-" ? wall + ms : wall - ms;
}

let minute = "";
let minuteMs = 0;
/** What was read last: events that are sent together say the same sentAt, and often the same time. */
let last = "";
let lastMs = 0;

/** What every SDK writes, 2026-01-31T08:00:00.123Z: read by hand, and the minute, which neighbours share, only once. */
function readUsual(text: string): number | null {
  if (text.length !== 24 || text.charCodeAt(23) !== 90 || text.charCodeAt(19) !== 46) return null;
  if (text === last) return lastMs;
  if (!text.startsWith(minute) || minute === "") {
    const parts = written.exec(text);
    const wall = parts === null ? null : wallTime(parts);
    if (wall === null) return null;
    minute = text.slice(0, 17);
    minuteMs = Math.floor(wall / 60_000) * 60_000;
  }
  const seconds = digit(text, 17) * 10 + digit(text, 18);
  const ms = digit(text, 20) * 100 + digit(text, 21) * 10 + digit(text, 22);
  if (seconds >= 60 || ms >= 1000) return null;
  last = text;
  lastMs = minuteMs + seconds * 1000 + ms;
  return lastMs;
}

/** NaN-like for what is no digit, so that the sums above come out too large. */
function digit(text: string, at: number): number {
  const code = text.charCodeAt(at) - 48;
  return code >= 0 && code <= 9 ? code : 1_000_000;
}

/** A calendar date in the same forms; an instant with a zone gives the date that `zone`'s calendar shows then. */
export function readDate(value: unknown, zone: string): string | null {
  if (typeof value === "string") {
    const text = value.trim();
    const parts = written.exec(text) ?? compact.exec(text);
    if (parts !== null && parts[8] === undefined) {
      const wall = wallTime(parts);
      return wall === null ? null : new Date(wall).toISOString().slice(0, 10);
    }
  }
  const at = readInstant(value, zone);
  if (at === null || Math.abs(at) > 8e15) return null;
  return new Date(at + zoneOffset(zone, at)).toISOString().slice(0, 10);
}

function ofEpoch(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  const ms = Math.abs(value) < firstMilliseconds ? value * 1000 : value;
  return Math.abs(ms) > 8e15 ? null : Math.round(ms);
}

function wallTime(parts: RegExpExecArray): number | null {
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const [hour, minute, second] = [Number(parts[4] ?? 0), Number(parts[5] ?? 0), Number(parts[6] ?? 0)];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null;
  const ms = parts[7] === undefined ? 0 : Math.trunc(Number(`0.${parts[7]}`) * 1000);
  const at = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  // 30 February would silently become 1 March.
  return new Date(at).getUTCDate() === day ? at : null;
}
