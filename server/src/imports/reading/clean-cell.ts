/** Spreadsheets write ="0123" to keep leading zeros, and a ' or a tab before numbers; NUL has no place in any text. */
export function cleanCell(cell: string): string {
  if (cell === "") return cell;
  const first = cell.charCodeAt(0);
  let text =
    first <= 32 || cell.charCodeAt(cell.length - 1) <= 32 || cell.charCodeAt(cell.length - 1) > 127
      ? cell.trim()
      : cell;
  if (text.includes("\0")) text = text.replaceAll("\0", "");
  if (
    first === 61 &&
    text.charCodeAt(1) === 34 &&
    text.length > 2 &&
    text.endsWith('"') &&
    !/[\n\r]/.test(text)
  )
    return text.slice(2, -1);
  return first === 39 && /^'\d+$/.test(text) ? text.slice(1) : text;
}
