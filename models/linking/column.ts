/**
 * One field of all records: the prepared texts end to end as UTF-16 units, the text of record i from starts[i] to
 * starts[i + 1]; nothing there where it is missing. No objects per record, and threads may share both arrays.
 */
export interface Column {
  units: Uint16Array;
  /** One more than there are records. */
  starts: Int32Array;
}

/** Between the several values of one record (two phones, three names). */
export const between = "\u001d";
/** Between the parts of one value (the characters of a name, how they sound). */
export const part = "\u001f";
export const partUnit = 0x1f;

export function columnOf(texts: readonly string[], shared = false): Column {
  let length = 0;
  for (const text of texts) length += text.length;
  const units = shared ? new Uint16Array(new SharedArrayBuffer(2 * length)) : new Uint16Array(length);
  const starts = shared
    ? new Int32Array(new SharedArrayBuffer(4 * (texts.length + 1)))
    : new Int32Array(texts.length + 1);
  let at = 0;
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!;
    for (let j = 0; j < text.length; j++) units[at++] = text.charCodeAt(j);
    starts[i + 1] = at;
  }
  return { units, starts };
}

const recordsOf = ({ starts }: Column): number => starts.length - 1;

/** Are the units from a to aEnd those from b to bEnd? */
export function sameUnits(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false;
  for (let i = a, j = b; i < aEnd; i++, j++) if (units[i] !== units[j]) return false;
  return true;
}

/** Where the unit first stands from a on; the end when it does not. */
export function indexOfUnit(units: Uint16Array, a: number, aEnd: number, unit: number): number {
  for (let i = a; i < aEnd; i++) if (units[i] === unit) return i;
  return aEnd;
}

/** 32 bits of the text (FNV-1a over units, then a finalizer of MurmurHash3), never 0: 0 stands for no text. */
export function hashOf(units: Uint16Array, from: number, to: number, seed = 0): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = from; i < to; i++) h = Math.imul(h ^ units[i]!, 0x01000193);
  return mixed(h);
}

export function hashOfText(text: string, seed = 0): number {
  let h = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mixed(h);
}

function mixed(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h = (h ^ (h >>> 16)) >>> 0;
  return h === 0 ? 1 : h;
}

/**
 * How often each record's value occurs among all: for the weight of a rare name. Of several values the commonest
 * counts. 0 where it is missing.
 */
export function occurrencesOf(column: Column, shared = false): Int32Array {
  const n = recordsOf(column);
  const counts = shared ? new Int32Array(new SharedArrayBuffer(4 * n)) : new Int32Array(n);
  const seen = new Map<number, number>();
  for (let i = 0; i < n; i++)
    eachValue(column, i, (hash) => {
      seen.set(hash, (seen.get(hash) ?? 0) + 1);
    });
  for (let i = 0; i < n; i++)
    eachValue(column, i, (hash) => {
      counts[i] = Math.max(counts[i]!, seen.get(hash) ?? 0);
    });
  return counts;
}

const betweenUnit = between.charCodeAt(0);

function eachValue({ units, starts }: Column, record: number, visit: (hash: number) => void): void {
  const end = starts[record + 1]!;
  for (let from = starts[record]!; from < end; ) {
    const to = indexOfUnit(units, from, end, betweenUnit);
    // 32 and 21 bits: 2 ** 53 hashes, so that unlike texts do not add up.
    visit(hashOf(units, from, to) * 2_097_152 + (hashOf(units, from, to, 0x5bd1e995) >>> 11));
    from = to + 1;
  }
}
