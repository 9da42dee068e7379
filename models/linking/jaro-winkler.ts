import { longest } from "./edit-distance.ts";

const takenA = new Uint8Array(longest);
const takenB = new Uint8Array(longest);

/**
 * Jaro 1989 (JASA 84) with Winkler's bonus of 0.1 for each of the first four letters in common (Winkler 1990), given
 * where Jaro's likeness is above 0.7 only, as Winkler's own strcmp95 does. 0 where a text is empty.
 */
export function jaroWinkler(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const likeness = jaro(units, a, aEnd, b, bEnd);
  if (likeness <= 0.7) return likeness;
  let prefix = 0;
  while (prefix < 4 && a + prefix < aEnd && b + prefix < bEnd && units[a + prefix] === units[b + prefix])
    prefix++;
  return likeness + prefix * 0.1 * (1 - likeness);
}

export function jaro(units: Uint16Array, a: number, aEnd: number, b: number, bEnd: number): number {
  const n = Math.min(longest, aEnd - a);
  const m = Math.min(longest, bEnd - b);
  if (n === 0 || m === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(n, m) / 2) - 1);
  takenA.fill(0, 0, n);
  takenB.fill(0, 0, m);
  let matches = 0;
  for (let i = 0; i < n; i++) {
    const unit = units[a + i];
    const to = Math.min(m - 1, i + reach);
    for (let j = Math.max(0, i - reach); j <= to; j++) {
      if (takenB[j] === 1 || units[b + j] !== unit) continue;
      takenA[i] = 1;
      takenB[j] = 1;
      matches++;
      break;
    }
  }
  if (matches === 0) return 0;
  let moved = 0;
  let j = 0;
  for (let i = 0; i < n; i++) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j++;
    if (units[a + i] !== units[b + j]) moved++;
    j++;
  }
  return (matches / n + matches / m + (matches - moved / 2) / matches) / 3;
}
