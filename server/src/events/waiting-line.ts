interface Line<Item> {
  items: Item[];
  /** Those before it were served. */
  next: number;
}

/** So many served ones may stay in a line before it is cut. */
const mostServed = 256;

/** What waits, a line for each sender. They are served in turn, so that a long line delays nobody but its own. */
export class WaitingLine<Item> {
  readonly #lines = new Map<number, Line<Item>>();
  readonly #sizeOf: (item: Item) => number;
  #size = 0;

  constructor(sizeOf: (item: Item) => number) {
    this.#sizeOf = sizeOf;
  }

  /** Of everything that waits. */
  get size(): number {
    return this.#size;
  }

  add(who: number, item: Item): void {
    const line = this.#lines.get(who);
    if (line === undefined) this.#lines.set(who, { items: [item], next: 0 });
    else line.items.push(item);
    this.#size += this.#sizeOf(item);
  }

  /** One of each sender after the other until the size is reached; at least one. */
  take(size: number): Item[] {
    const taken: Item[] = [];
    let sum = 0;
    // A line that was served and put behind the others is met again.
    for (const [who, line] of this.#lines) {
      const item = line.items[line.next] as Item;
      const more = this.#sizeOf(item);
      if (taken.length > 0 && sum + more > size) break;
      taken.push(item);
      sum += more;
      line.next += 1;
      this.#lines.delete(who);
      if (line.next < line.items.length) this.#lines.set(who, shortened(line));
    }
    this.#size -= sum;
    return taken;
  }
}

function shortened<Item>(line: Line<Item>): Line<Item> {
  if (line.next < mostServed || line.next * 2 < line.items.length) return line;
  return { items: line.items.slice(line.next), next: 0 };
}
