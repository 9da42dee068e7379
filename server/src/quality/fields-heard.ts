/** More than any event has, and than all events of a source have together. */
const mostOfOne = 200;
const mostOfSource = 4_000;
const keptMs = 7 * 86_400_000;

/**
 * Which fields of a source's events are counted, each by itself. A sender whose field names are data (an id as a key)
 * would otherwise fill the profiles, which every look at the last hour reads; what is beyond the bound is not counted.
 */
export class FieldsHeard {
  readonly #sources = new Map<number, { count: number; names: Map<string, Map<string, number>> }>();

  /** Whether the field is counted; hears it if so. */
  hears(source: number, name: string, field: string, at: number): boolean {
    const heard = this.#sources.get(source) ?? { count: 0, names: new Map<string, Map<string, number>>() };
    this.#sources.set(source, heard);
    const fields = heard.names.get(name) ?? new Map<string, number>();
    heard.names.set(name, fields);
    if (fields.has(field)) {
      // In the order in which they were last heard: the first is the oldest.
      fields.delete(field);
      fields.set(field, at);
      return true;
    }
    if (fields.size >= mostOfOne || heard.count >= mostOfSource) {
      const [oldest] = fields;
      if (oldest === undefined || at - oldest[1] < keptMs) return false;
      fields.delete(oldest[0]);
      heard.count -= 1;
    }
    fields.set(field, at);
    heard.count += 1;
    return true;
  }
}
