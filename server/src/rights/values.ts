/** Shorter texts (a first name, "1") stand in other people's data too and would find those. */
const shortest = 6;

/** Every form in which what identifies somebody may stand in a text: a phone number with and without its country. */
export function writtenForms(values: readonly string[]): string[] {
  const forms = new Set<string>();
  for (const value of values) {
    const text = value.trim();
    if ([...text].length < shortest) continue;
    forms.add(text);
    const mainland = /^(?:\+?86)?(1\d{10})$/.exec(text)?.[1];
    if (mainland !== undefined) for (const prefix of ["", "86", "+86"]) forms.add(prefix + mainland);
    if (text.includes("@")) forms.add(text.toLowerCase());
  }
  return [...forms];
}

/** A pattern, the same to JavaScript, PostgreSQL and ClickHouse, for any of these as a word of its own. */
export function patternOf(forms: readonly string[]): string | null {
  if (forms.length === 0) return null;
  const any = forms.map((form) => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|");
  return `(^|[^0-9A-Za-z])(${any})([^0-9A-Za-z]|$)`;
}
