/** The mark by which Excel knows UTF-8. */
export const byteOrderMark = "\uFEFF";

/** A line of CSV (RFC 4180). A cell that a spreadsheet would take for a formula is kept from being one; numbers are not. */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const text = /^[=@\t\r]|^[+-](?!\d[\d.]*$)/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${quoted.join(",")}\r\n`;
}
