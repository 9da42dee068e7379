/** Names shorter than this are alike by chance. */
const shortest = 4;

/**
 * The one known name that was probably meant: the same letters and digits in another case or with other separators
 * (order_completed, OrderCompleted), or one or two slips away (by optimal string alignment: insertion, deletion, change,
 * neighbours swapped). null when there is none, or when the name is itself known.
 */
export function meantBy(name: string, known: readonly string[]): string | null {
  if (known.includes(name)) return null;
  const folded = fold(name);
  if (folded.length < shortest) return null;
  let best: string | null = null;
  let least = folded.length >= 10 ? 3 : 2;
  for (const one of known) {
    const other = fold(one);
    if (other.length < shortest || Math.abs(other.length - folded.length) >= least) continue;
    const distance = slips(folded, other, least);
    if (distance < least) {
      best = one;
      least = distance;
    }
  }
  return best;
}

const fold = (name: string): string =>
  name
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\s_.\-$]/g, "");

/** How many slips lie between two texts; any number from `enough` on is answered as `enough`. */
function slips(a: string, b: string, enough: number): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
    }
    if (Math.min(...row) >= enough) return enough;
    before = last;
    last = row;
  }
  return Math.min(enough, last[b.length] as number);
}
