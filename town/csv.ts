type Cell = string | number | null;

const cell = (value: Cell): string => {
  const text = value === null ? "" : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** One line of a CSV file (RFC 4180, but with a bare newline). */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(cell).join(",")}\n`;
