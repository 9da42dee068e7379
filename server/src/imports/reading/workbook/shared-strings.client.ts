import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";

const perBlock = 512;
/** What is kept in memory, in characters; the rest goes to a file beside the workbook. */
const mostChars = 32 * 1024 * 1024;

/**
 * The texts that a workbook's cells refer to by number. There may be millions: those used last stay in memory, the
 * others wait on disk. Cells refer to texts in the order in which they first come, so the disk is seldom asked.
 */
export class SharedStrings {
  readonly #path: string;
  readonly #most: number;
  readonly #places: ({ at: number; bytes: number } | undefined)[] = [];
  readonly #cache = new Map<number, { texts: string[]; chars: number }>();
  #chars = 0;
  #open: { texts: string[]; chars: number } = { texts: [], chars: 0 };
  #blocks = 0;
  #file: number | undefined;
  #end = 0;

  constructor(path: string, most = mostChars) {
    this.#path = path;
    this.#most = most;
  }

  add(text: string): void {
    this.#open.texts.push(text);
    this.#open.chars += text.length;
    if (this.#open.texts.length < perBlock) return;
    this.#keep(this.#blocks, this.#open);
    this.#blocks += 1;
    this.#open = { texts: [], chars: 0 };
  }

  get(index: number): string {
    const block = Math.floor(index / perBlock);
    if (block >= this.#blocks)
      return block === this.#blocks ? (this.#open.texts[index % perBlock] ?? "") : "";
    return (this.#cache.get(block) ?? this.#fetch(block)).texts[index % perBlock] ?? "";
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    rmSync(this.#path, { force: true });
  }

  #keep(block: number, texts: { texts: string[]; chars: number }): void {
    this.#cache.set(block, texts);
    this.#chars += texts.chars;
    for (const [oldest, { chars }] of this.#cache) {
      if (this.#chars <= this.#most || oldest === block) return;
      if (this.#places[oldest] === undefined) this.#write(oldest);
      this.#cache.delete(oldest);
      this.#chars -= chars;
    }
  }

  #write(block: number): void {
    this.#file ??= openSync(this.#path, "w+", 0o600);
    const bytes = Buffer.from(JSON.stringify(this.#cache.get(block)?.texts ?? []));
    writeSync(this.#file, bytes, 0, bytes.length, this.#end);
    this.#places[block] = { at: this.#end, bytes: bytes.length };
    this.#end += bytes.length;
  }

  #fetch(block: number): { texts: string[]; chars: number } {
    const place = this.#places[block];
    if (place === undefined || this.#file === undefined) return { texts: [], chars: 0 };
    const bytes = Buffer.alloc(place.bytes);
    readSync(this.#file, bytes, 0, place.bytes, place.at);
    const texts = JSON.parse(bytes.toString()) as string[];
    const found = { texts, chars: texts.reduce((sum, text) => sum + text.length, 0) };
    this.#keep(block, found);
    return found;
  }
}
