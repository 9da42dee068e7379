import { closeSync, openSync, readSync, writeSync } from "node:fs";

/** Where the records of one slice of time lie in a spill file. */
export type Chunks = {
  readonly offsets: number[];
  readonly lengths: number[];
  records: number;
  bytes: number;
};
export type Slices = { readonly fromMs: number; readonly spanMs: number; readonly count: number };

const headerBytes = 12;

/**
 * Records that come in any order, put aside by slice of time in one file, so that each slice can later be read alone
 * and sorted in memory. A record is its instant (float64), its length (uint32) and its text.
 */
export class Spill {
  readonly #file: number;
  readonly #slices: Slices;
  readonly #buffers: Buffer[];
  readonly #filled: Uint32Array;
  readonly #chunks: Chunks[];
  #size = 0;

  constructor(path: string, slices: Slices, bufferBytes: number) {
    this.#file = openSync(path, "w");
    this.#slices = slices;
    this.#buffers = Array.from({ length: slices.count }, () => Buffer.allocUnsafeSlow(bufferBytes));
    this.#filled = new Uint32Array(slices.count);
    this.#chunks = Array.from({ length: slices.count }, () => ({
      offsets: [],
      lengths: [],
      records: 0,
      bytes: 0,
    }));
  }

  add(at: number, text: string): void {
    const { fromMs, spanMs, count } = this.#slices;
    const slice = Math.min(count - 1, Math.max(0, Math.floor((at - fromMs) / spanMs)));
    // A UTF-16 unit takes at most three bytes of UTF-8.
    const most = headerBytes + text.length * 3;
    if (this.#filled[slice]! + most > this.#buffers[slice]!.length) this.#flush(slice);
    if (most > this.#buffers[slice]!.length) this.#buffers[slice] = Buffer.allocUnsafeSlow(most * 2);
    const buffer = this.#buffers[slice]!;
    const start = this.#filled[slice]!;
    const length = buffer.write(text, start + headerBytes);
    buffer.writeDoubleLE(at, start);
    buffer.writeUInt32LE(length, start + 8);
    this.#filled[slice] = start + headerBytes + length;
    const chunks = this.#chunks[slice]!;
    chunks.records++;
    chunks.bytes += length;
  }

  #flush(slice: number): void {
    const length = this.#filled[slice]!;
    if (length === 0) return;
    writeAll(this.#file, this.#buffers[slice]!.subarray(0, length), this.#size);
    this.#chunks[slice]!.offsets.push(this.#size);
    this.#chunks[slice]!.lengths.push(length);
    this.#size += length;
    this.#filled[slice] = 0;
  }

  close(): Chunks[] {
    for (let slice = 0; slice < this.#slices.count; slice++) this.#flush(slice);
    closeSync(this.#file);
    return this.#chunks;
  }
}

export function writeAll(file: number, bytes: Uint8Array, position: number | null): void {
  for (let done = 0; done < bytes.length; ) {
    done += writeSync(file, bytes, done, bytes.length - done, position === null ? null : position + done);
  }
}

function readChunks(path: string, chunks: Chunks, into: Buffer, from: number): number {
  const file = openSync(path, "r");
  let at = from;
  for (const [i, offset] of chunks.offsets.entries()) {
    const end = at + chunks.lengths[i]!;
    for (let position = offset; at < end; ) {
      const read = readSync(file, into, at, end - at, position);
      if (read === 0) throw new Error(`spill file ends early: ${path}`);
      at += read;
      position += read;
    }
  }
  closeSync(file);
  return at;
}

const scratches: Buffer[] = [];

/** The same memory for slice after slice: the collector is slow to see that large buffers are free. */
function scratch(which: number, length: number): Buffer {
  let buffer = scratches[which];
  if (!buffer || buffer.length < length) {
    buffer = Buffer.allocUnsafeSlow(Math.ceil(length * 1.25));
    scratches[which] = buffer;
  }
  return buffer.subarray(0, length);
}

/**
 * The texts of one slice out of all parts, in order of time; records of the same instant keep the order of the parts.
 * Good until the next call. */
export function sortedSlice(parts: readonly { readonly path: string; readonly chunks: Chunks }[]): Buffer {
  const sum = (size: (chunks: Chunks) => number): number =>
    parts.reduce((all, { chunks }) => all + size(chunks), 0);
  const records = sum((chunks) => chunks.records);
  const all = scratch(0, sum((chunks) => chunks.bytes) + records * headerBytes);
  let filled = 0;
  for (const { path, chunks } of parts) filled = readChunks(path, chunks, all, filled);
  const starts = new Float64Array(records);
  const times = new Float64Array(records);
  let first = Number.POSITIVE_INFINITY;
  for (let i = 0, at = 0; i < records; i++) {
    starts[i] = at;
    times[i] = all.readDoubleLE(at);
    first = Math.min(first, times[i]!);
    at += headerBytes + all.readUInt32LE(at + 8);
  }
  // One number holds instant and place, so that the engine's numeric sort is stable and fast.
  const places = 2 ** Math.ceil(Math.log2(records + 1));
  const keys = times.map((time, i) => (time - first) * places + i).sort();
  const out = scratch(1, all.length - records * headerBytes);
  let at = 0;
  for (const key of keys) {
    const start = starts[key % places]!;
    at += all.copy(out, at, start + headerBytes, start + headerBytes + all.readUInt32LE(start + 8));
  }
  return out;
}
