// Columns of PostgreSQL's arrays as one text each: the driver would look at each value by itself, and escape it.

export const numberList = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => value ?? "null").join(",")}}`;

/** Names of ours (namespaces, rules), which hold neither quotes nor backslashes. */
export const nameList = (values: readonly string[]): string =>
  values.length === 0 ? "{}" : `{"${values.join('","')}"}`;

/** Bytes in hexadecimal. */
export const byteList = (hexes: readonly (string | null)[]): string =>
  `{${hexes.map((hex) => (hex === null ? "null" : `"\\\\x${hex}"`)).join(",")}}`;
