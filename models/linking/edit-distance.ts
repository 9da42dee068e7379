/** Longest text compared letter by letter; what goes on longer is cut here. */
export const longest = 64;
const width = longest + 2;
const table = new Int32Array(width * width);
const lastRow = new Int32Array(width);

/**
 * Damerau's distance with adjacent transpositions, unrestricted (a transposed pair may be edited again: "ca" to "abc"
 * is 2): Lowrance & Wagner 1975, JACM 22(2). Above `most` any number above `most` may be answered.
 */
export function damerau(
  units: Uint16Array,
  a: number,
  aEnd: number,
  b: number,
  bEnd: number,
  most = longest,
): number {
  const n = Math.min(longest, aEnd - a);
  const m = Math.min(longest, bEnd - b);
  if (Math.abs(n - m) > most) return most + 1;
  for (let i = 0; i <= n; i++) table[i * width] = i;
  for (let j = 0; j <= m; j++) {
    table[j] = j;
    lastRow[j] = 0;
  }
  for (let i = 1; i <= n; i++) {
    const unit = units[a + i - 1];
    let lastColumn = 0;
    let least = i;
    for (let j = 1; j <= m; j++) {
      const same = unit === units[b + j - 1];
      const up = (i - 1) * width + j;
      let d = Math.min(table[up - 1]! + (same ? 0 : 1), table[up]! + 1, table[i * width + j - 1]! + 1);
      // The last row whose letter is b's here, and the last column of this row whose letter is a's here.
      const row = lastRow[j]!;
      if (row > 0 && lastColumn > 0)
        d = Math.min(
          d,
          table[(row - 1) * width + lastColumn - 1]! + (i - row - 1) + 1 + (j - lastColumn - 1),
        );
      table[i * width + j] = d;
      if (d < least) least = d;
      if (same) {
        lastColumn = j;
        lastRow[j] = i;
      }
    }
    // A transposition reaches back over one row, so one more row may still be lower by one.
    if (least > most + 1) return most + 1;
  }
  return table[n * width + m]!;
}

/** Levenshtein 1965: insertions, deletions and substitutions. */
export function levenshtein(
  units: Uint16Array,
  a: number,
  aEnd: number,
  b: number,
  bEnd: number,
  most = longest,
): number {
  const n = Math.min(longest, aEnd - a);
  const m = Math.min(longest, bEnd - b);
  if (Math.abs(n - m) > most) return most + 1;
  const row = lastRow;
  for (let j = 0; j <= m; j++) row[j] = j;
  for (let i = 1; i <= n; i++) {
    const unit = units[a + i - 1];
    let diagonal = row[0]!;
    row[0] = i;
    let least = i;
    for (let j = 1; j <= m; j++) {
      const above = row[j]!;
      const d = Math.min(diagonal + (unit === units[b + j - 1] ? 0 : 1), above + 1, row[j - 1]! + 1);
      diagonal = above;
      row[j] = d;
      if (d < least) least = d;
    }
    if (least > most) return most + 1;
  }
  return row[m]!;
}
