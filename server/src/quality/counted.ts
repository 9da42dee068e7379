/** So many of something in English: 1 record, 2 records. */
export const counted = (count: number | string, one: string, many = `${one}s`): string =>
  `${count} ${String(count) === "1" ? one : many}`;
