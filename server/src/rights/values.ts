import iconv from "iconv-lite";

/** Shorter texts (a first name, "1") stand in other people's data too and would find those. */
const shortest = 6;
const mainland = /^(?:\+?86)?(1\d{10})$/;

/** What identifies somebody, as it is looked for in a text: phones without their country, nothing too short to be hers. */
export function writtenForms(values: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    const text = value.trim();
    if ([...text].length >= shortest) forms.add(mainland.exec(text)?.[1] ?? text);
  }
  return [...forms];
}

/** The ways in which a text stands where it is looked for. */
export type Written = (text: string) => readonly string[];
export const asText: Written = (text) => [text];
/** As bytes read as latin-1, so that any encoding that keeps ASCII stays byte for byte. */
export const asBytes: Written = (text) => [
  ...new Set([Buffer.from(text), iconv.encode(text, "gb18030")].map((bytes) => bytes.toString("latin1"))),
];

/**
 * A pattern, the same to JavaScript, PostgreSQL and ClickHouse, for any of these as a word of its own. People type
 * phones in groups, with and without the country, and e-mail in any case, both in wide characters too: a file that was
 * read as hers is found however it spells her.
 */
export function patternOf(forms: readonly string[], written: Written = asText): string | null {
  if (forms.length === 0) return null;
  return wordOf(
    forms.map((form) => {
      if (mainland.test(form)) return phonePattern(form, written);
      return form.includes("@") ? typed(form, written) : anyOf(written(form));
    }),
  );
}

/** Days of the calendar, as files write them: 2026-05-02, 2026/5/2, 20260502, 2026年5月2日. */
export function datesPattern(days: readonly string[], written: Written = asText): string | null {
  if (days.length === 0) return null;
  const between = (...signs: string[]) => `${anyOf(signs.flatMap(written))}?`;
  return wordOf(
    days.map((day) => {
      const [year, month, date] = day.split("-").map(Number);
      return `${year}${between("-", "/", ".", "年")}0?${month}${between("-", "/", ".", "月")}0?${date}`;
    }),
  );
}

/** Phones with their middle hidden: 138****1234, 138xxxx1234. They are thousands of people's, so only beside a name. */
export function maskedPattern(values: readonly string[], written: Written = asText): string | null {
  const numbers = values.flatMap((value) => mainland.exec(value.trim())?.[1] ?? []);
  if (numbers.length === 0) return null;
  const star = anyOf(["*", "x", "X", "＊", "•", "·"].flatMap(written));
  return wordOf([...new Set(numbers)].map((one) => `${one.slice(0, 3)}${star}{3,6}${one.slice(-4)}`));
}

/** Names stand among other words of theirs without a blank; one sign alone is no name. */
export function textsPattern(texts: readonly string[], written: Written = asText): string | null {
  const some = texts.filter((text) => [...text].length > 1);
  return some.length === 0 ? null : anyOf(some.flatMap(written));
}

const wordOf = (patterns: readonly string[]): string =>
  `(^|[^0-9A-Za-z])(${patterns.join("|")})([^0-9A-Za-z]|$)`;

function phonePattern(number: string, written: Written): string {
  const gap = `${anyOf([" ", "-", "(", ")", "　", "－"].flatMap(written))}{0,2}`;
  const digits = (text: string) => [...text].map((digit) => typed(digit, written)).join(gap);
  const country = `(?:${anyOf(["+", "＋", "00"].flatMap(written))}?${digits("86")}${gap})?`;
  return country + digits(number);
}

/** Each sign as it is or wide, letters in either case. */
const typed = (text: string, written: Written): string =>
  [...text]
    .map((sign) => {
      const cases = [...new Set([sign, sign.toLowerCase(), sign.toUpperCase()])];
      return anyOf([...cases, ...cases.map(wide)].flatMap(written));
    })
    .join("");

const wide = (sign: string): string =>
  /^[!-~]$/.test(sign) ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign;

function anyOf(texts: readonly string[]): string {
  const some = [...new Set(texts)].map((text) => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
  return some.length === 1 && [...(texts[0] as string)].length === 1
    ? (some[0] as string)
    : `(?:${some.join("|")})`;
}
