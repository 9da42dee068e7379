/** What was counted, by key. A key with a blank is of a field: "there price", "number price", "v13 price". */
export type Tally = Map<string, number>;

export function add(tally: Tally, key: string, count = 1): void {
  tally.set(key, (tally.get(key) ?? 0) + count);
}

export const countOf = (tally: ReadonlyMap<string, number>, key: string): number => tally.get(key) ?? 0;

/** Adds one tally to another, `times` −1 to take it away again; what comes to nothing is forgotten. */
export function addAll(to: Tally, from: ReadonlyMap<string, number>, times: 1 | -1 = 1): void {
  for (const [key, count] of from) {
    const sum = (to.get(key) ?? 0) + times * count;
    if (sum === 0) to.delete(key);
    else to.set(key, sum);
  }
}

/** What was counted of the source as a whole: everything but the fields. */
export function withoutFields(tally: ReadonlyMap<string, number>): Tally {
  const kept: Tally = new Map();
  for (const [key, count] of tally) if (partsOf(key) === null) kept.set(key, count);
  return kept;
}

/** The fields of which `kind` was counted, with their counts. */
export function* fieldsOf(tally: ReadonlyMap<string, number>, kind: string): Generator<[string, number]> {
  for (const [key, count] of tally) {
    const parts = partsOf(key);
    if (parts !== null && parts.kind === kind) yield [parts.field, count];
  }
}

/** Numbers counted by half octaves (models/watch/levels.ts), of all fields. */
export function* numbersOf(tally: ReadonlyMap<string, number>): Generator<[string, number, number]> {
  for (const [key, count] of tally) {
    const parts = partsOf(key);
    if (parts !== null && parts.bin !== null) yield [parts.field, parts.bin, count];
  }
}

export function binsOf(tally: ReadonlyMap<string, number>, field: string): Map<number, number> {
  const bins = new Map<number, number>();
  for (const [of, bin, count] of numbersOf(tally)) if (of === field) bins.set(bin, count);
  return bins;
}

/** The lags of live events in half octaves of seconds, so that they are judged like any other number. */
export function lagBins(tally: ReadonlyMap<string, number>): Map<number, number> {
  const bins = new Map<number, number>();
  for (const [key, count] of tally) if (key.startsWith("lag")) bins.set(2 * Number(key.slice(3)), count);
  return bins;
}

interface Parts {
  readonly kind: string;
  readonly field: string;
  readonly bin: number | null;
}

/** Keys are few and come again and again; taking them apart each time would be most of the work of a look. */
const known = new Map<string, Parts | null>();
const binKind = /^v(-?\d+)$/;

function partsOf(key: string): Parts | null {
  let parts = known.get(key);
  if (parts === undefined) {
    const blank = key.indexOf(" ");
    const kind = key.slice(0, blank);
    const bin = binKind.exec(kind)?.[1];
    parts =
      blank < 0 ? null : { kind, field: key.slice(blank + 1), bin: bin === undefined ? null : Number(bin) };
    if (known.size > 50_000) known.clear();
    known.set(key, parts);
  }
  return parts;
}
