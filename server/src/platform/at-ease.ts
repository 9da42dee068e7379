import { setImmediate } from "node:timers/promises";

/** A millisecond or two of work, of most kinds. */
const piece = 1_000;

/**
 * The places 0 to `count`, from and to, by pieces between which whatever else waits for this thread has its turn: a
 * transaction's answer, another request.
 */
export async function* atEase(count: number): AsyncGenerator<readonly [from: number, to: number]> {
  for (let from = 0; from < count; from += piece) {
    if (from > 0) await setImmediate();
    yield [from, Math.min(from + piece, count)];
  }
}
