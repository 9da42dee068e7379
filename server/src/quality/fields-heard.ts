/** More than any event has, and than all events of a source have together. */
const mostOfOne = 200;
const mostOfSource = 4_000;
const keptMs = 7 * 86_400_000;
const sweptEveryMs = 3_600_000;

interface Heard {
  count: number;
  sweptAt: number;
  /** When each field of each event was last heard, the oldest first. */
  readonly names: Map<string, Map<string, number>>;
}

/**
 * Which fields of a source's events are counted, each by itself. A sender whose field names are data (an id as a key)
 * would otherwise fill the profiles, which every look at the last hour reads; what is beyond the bound is not counted.
 */
export class FieldsHeard {
  readonly #sources = new Map<number, Heard>();

  /** Whether the field is counted; hears it if so. */
  hears(source: number, name: string, field: string, at: number): boolean {
    const heard = this.#sources.get(source) ?? { count: 0, sweptAt: at, names: new Map() };
    this.#sources.set(source, heard);
    const isNew = heard.names.get(name)?.has(field) !== true;
    if (isNew && isFull(heard, name)) sweep(heard, at);
    if (isNew && isFull(heard, name)) return false;
    const fields = heard.names.get(name) ?? new Map<string, number>();
    heard.names.set(name, fields);
    // In the order in which they were last heard.
    fields.delete(field);
    fields.set(field, at);
    if (isNew) heard.count += 1;
    return true;
  }
}

const isFull = ({ count, names }: Heard, name: string): boolean =>
  count >= mostOfSource || (names.get(name)?.size ?? 0) >= mostOfOne;

/** Lets go of what has not come for long, of every event: one that comes no more must not keep another's room. */
function sweep(heard: Heard, at: number): void {
  if (at - heard.sweptAt < sweptEveryMs) return;
  heard.sweptAt = at;
  for (const [name, fields] of heard.names) {
    for (const [field, last] of fields) {
      if (at - last < keptMs) break;
      fields.delete(field);
      heard.count -= 1;
    }
    if (fields.size === 0) heard.names.delete(name);
  }
}
