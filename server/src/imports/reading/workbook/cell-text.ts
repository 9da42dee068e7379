const dayMs = 86_400_000;
/** Excel counts days from here; the day before is 30 February 1900, which it believes in. */
const epoch1900 = Date.UTC(1899, 11, 30);
const epoch1904 = Date.UTC(1904, 0, 1);

/** Formats that Excel knows by number alone and that are dates or times, the Chinese ones (27–36, 50–58) included. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

/** Whether a number under this format is a date or a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return isBuiltInDate(id);
  const bare = code
    .replaceAll(/"[^"]*"|\\.|_.|\*./g, "")
    .replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "")
    .split(";")[0] as string;
  return /[ymdhs年月日时分秒]/i.test(bare) && !/^general$/i.test(bare.trim());
}

/** A day number as YYYY-MM-DD, with the time where there is one; a time alone as HH:MM:SS. */
export function dateText(serial: number, from1904: boolean): string {
  // Seconds are what sheets hold; the fraction of a day is never exact.
  const ms = Math.round((serial * dayMs) / 1000) * 1000;
  if (!Number.isFinite(ms) || serial < 0 || serial > 3_000_000) return String(serial);
  if (serial < 1) return new Date(ms).toISOString().slice(11, 19);
  const text = new Date((from1904 ? epoch1904 : epoch1900) + ms).toISOString();
  return ms % dayMs === 0 ? text.slice(0, 10) : `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}

/** A number as a sheet shows it: 15 digits, never 1.23E+17, since it is as often an order's number as a quantity. */
export function numberText(raw: string): string {
  if (/^-?\d{1,15}$/.test(raw)) return raw;
  const value = Number(raw);
  if (raw === "" || !Number.isFinite(value)) return raw;
  if (Number.isInteger(value)) return BigInt(value).toString();
  const short = Number(value.toPrecision(15));
  return Math.abs(short) < 1e-6 ? short.toFixed(12).replace(/0+$/, "") : String(short);
}
