const smallest = 8 * 1024;
const largest = 1024 * 1024;
/** Rooms that nobody uses are let go of, all at once. */
const keptMs = 5_000;

/**
 * Buffers that are used one after another. What waits for an engine outlives the collector's young generation, and then
 * its bytes are freed by a whole collection only, and bring it on: at fifty thousand events a second every half second.
 * Whoever takes a room and does not give it back only loses it for the next.
 */
export class ByteRooms {
  readonly #mostBytes: number;
  readonly #lent = new WeakSet<ArrayBuffer>();
  readonly #free = new Map<number, ArrayBuffer[]>();
  #freeBytes = 0;
  #emptying: NodeJS.Timeout | undefined;

  /** `mostBytes`: of rooms that nobody uses. */
  constructor(mostBytes = 32 * 1024 * 1024) {
    this.#mostBytes = mostBytes;
  }

  /** So many bytes or more, of whatever they were before. Small and very large ones are made each time. */
  take(bytes: number): Buffer<ArrayBuffer> {
    if (bytes < smallest || bytes > largest) return Buffer.allocUnsafe(bytes);
    const size = 2 ** Math.ceil(Math.log2(bytes));
    const known = this.#free.get(size)?.pop();
    if (known !== undefined) this.#freeBytes -= size;
    const room = known === undefined ? Buffer.allocUnsafeSlow(size) : Buffer.from(known);
    this.#lent.add(room.buffer);
    return room;
  }

  /** Nobody may look at these bytes, or at the room they are part of, any more. What is no room is left alone. */
  giveBack({ buffer }: Buffer<ArrayBuffer>): void {
    const size = buffer.byteLength;
    if (!this.#lent.delete(buffer) || this.#freeBytes + size > this.#mostBytes) return;
    const rooms = this.#free.get(size);
    if (rooms === undefined) this.#free.set(size, [buffer]);
    else rooms.push(buffer);
    this.#freeBytes += size;
    this.#emptying ??= setTimeout(() => this.#empty(), keptMs).unref();
  }

  #empty(): void {
    this.#emptying = undefined;
    this.#free.clear();
    this.#freeBytes = 0;
  }
}
