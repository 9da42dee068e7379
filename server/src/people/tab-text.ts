// Values of tab-separated lines for ClickHouse, written by hand where it is done for every row of a file.

const special = /[\\\t\n\r\0]/;
const specials = /[\\\t\n\r\0]/g;
const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\t": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "\\0",
};

export const escaped = (text: string): string =>
  special.test(text) ? text.replace(specials, (character) => escapes[character] ?? "") : text;

/** An instant as ClickHouse reads it fastest: seconds with a fraction. */
export function seconds(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const rest = ms - whole * 1000;
  return `${whole}.${rest < 10 ? "00" : rest < 100 ? "0" : ""}${rest}`;
}
