const escaped: Readonly<Record<string, string>> = { t: "\t", n: "\n", r: "\r", "0": "\0" };

/** What LineWriter writes, the other way round: a text as it was before its line breaks, tabs, quotes and backslashes were escaped. */
export const textOf = (cell: string): string =>
  cell.includes("\\")
    ? cell.replaceAll(/\\([\s\S])/g, (_, character: string) => escaped[character] ?? character)
    : cell;

/** A list of texts: ['formula','diapers']. */
export const textsOf = (cell: string): string[] =>
  [...cell.matchAll(/'((?:[^'\\]|\\[\s\S])*)'/g)].map(([, text]) => textOf(text as string));

/** A list of numbers: [1,2]. */
export const numbersOf = (cell: string): number[] =>
  cell.length <= 2 ? [] : cell.slice(1, -1).split(",").map(Number);
