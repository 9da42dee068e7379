const decimal = /^([+-]?)(\d{1,12})(?:\.(\d{1,6}))?$/;
/** More than ten thousand million yuan is no price. */
const highestFen = 1e12;

/**
 * A decimal amount of yuan as integer fen, exactly: 19.99 is 1999 although 19.99 × 100 is 1998.9999…; halves of a fen
 * round away from zero. Reads numbers and texts such as "¥1,299.00"; null when it is no amount.
 */
export function toFen(value: unknown): number | null {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return null;
    const fen = Math.round(value * 100);
    // Whole fen, as nearly every number is: no text has to be made of it.
    if (Math.abs(value * 100 - fen) < 1e-7 && Math.abs(fen) < 1e11) return fen === 0 ? 0 : fen;
    const text = String(value);
    return text.includes("e") ? small(value) : ofText(text);
  }
  if (typeof value !== "string" || value.length > 40) return null;
  return ofText(value.replace(/[¥￥,\s元]/g, ""));
}

function ofText(text: string): number | null {
  const parts = decimal.exec(text);
  if (parts === null) return longFraction(text);
  const fraction = (parts[3] ?? "").padEnd(3, "0");
  const fen = Number(parts[2]) * 100 + Number(fraction.slice(0, 2)) + (Number(fraction[2]) >= 5 ? 1 : 0);
  if (fen > highestFen) return null;
  return parts[1] === "-" && fen !== 0 ? -fen : fen;
}

/** 0.30000000000000004 and its kin: sums made in floating point by the sender. */
function longFraction(text: string): number | null {
  return /^[+-]?\d{1,12}\.\d{7,}$/.test(text) ? ofText(Number(text).toFixed(6)) : null;
}

/** 1e-7 is nothing; 1e21 is no price. */
const small = (value: number): number | null => (Math.abs(value) < 0.005 ? 0 : null);
