/** What spreadsheets, phones and chat programs leave in a text without anybody seeing it. */
const invisible = /[\p{Cc}\p{Cf}\u115f\u1160\u3164\uffa0\u2800\ufffe\uffff]/gu;
const blanks = /\s+/g;

/**
 * The text as it was meant: full-width letters and digits as half-width ones (NFKC), without invisible characters, one
 * blank where there were several, none at the ends. Most values are plain ASCII, and are only looked at.
 */
export function plain(text: string): string {
  if (isPlain(text)) return text;
  // Line ends and tabs are control characters too, but part words.
  return text.replace(blanks, " ").replace(invisible, "").normalize("NFKC").replace(blanks, " ").trim();
}

function isPlain(text: string): boolean {
  let before = 32;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code > 126 || (code === 32 && before === 32)) return false;
    before = code;
  }
  return before !== 32 || text === "";
}

/** What forms and systems write when they know nothing. */
const nothing = new Set([
  ..."null nil none nan undefined unknown n/a na - -- --- / \\n".split(" "),
  ..."无 空 未知 暂无 没有 保密 不详 未填写 未填 无数据 待补充 #n/a #value! #ref! #name?".split(" "),
]);
export const isNothing = (text: string): boolean => text === "" || nothing.has(text.toLowerCase());

/** ="2026…" and '138…: how text is kept from a spreadsheet's guesses; the marks are not part of the value. */
export const unquoted = (text: string): string =>
  /^[='"`]/.test(text) ? text.replace(/^=?["'`]+|["'`]+$/g, "").trim() : text;
