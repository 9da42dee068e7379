import { setImmediate } from "node:timers/promises";

/** Looking at the clock for every place would cost as much as some of the work. */
const piece = 500;
/**
 * Who waits for this thread waits no longer than for a collection of garbage. A turn of the others may be long, twenty
 * requests to be read: given after every thousand places it made a group of five thousand known events wait for
 * a tenth of a second, with the engine idle.
 */
const workMs = 10;

/**
 * The places 0 to `count`, from and to, by pieces between which whatever else waits for this thread has its turn when
 * the work has gone on for a while: a transaction's answer, another request.
 */
export async function* atEase(count: number): AsyncGenerator<readonly [from: number, to: number]> {
  let began = performance.now();
  for (let from = 0; from < count; from += piece) {
    if (performance.now() - began > workMs) {
      await setImmediate();
      began = performance.now();
    }
    yield [from, Math.min(from + piece, count)];
  }
}
