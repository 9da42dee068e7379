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
  for (const [key, count] of tally) if (!key.includes(" ")) kept.set(key, count);
  return kept;
}

/** The fields of which `kind` was counted, with their counts. */
export function* fieldsOf(tally: ReadonlyMap<string, number>, kind: string): Generator<[string, number]> {
  const start = `${kind} `;
  for (const [key, count] of tally) if (key.startsWith(start)) yield [key.slice(start.length), count];
}

/** Half-octave bins of a field's numbers: see models/watch/levels.ts. */
export function binsOf(tally: ReadonlyMap<string, number>, field: string): Map<number, number> {
  const bins = new Map<number, number>();
  const end = ` ${field}`;
  for (const [key, count] of tally) {
    if (!key.endsWith(end) || key.charCodeAt(0) !== 118 /* v */) continue;
    const bin = Number(key.slice(1, -end.length));
    if (Number.isInteger(bin)) bins.set(bin, count);
  }
  return bins;
}

/** The lags of live events in half octaves of seconds, so that they are judged like any other number. */
export function lagBins(tally: ReadonlyMap<string, number>): Map<number, number> {
  const bins = new Map<number, number>();
  for (const [key, count] of tally) if (key.startsWith("lag")) bins.set(2 * Number(key.slice(3)), count);
  return bins;
}
