import type { Again, Ahead } from "./progress.ts";

/** What reading is of the whole work on a row, and how fast the whole goes beside reading alone; measured, roughly. */
const readingShare = 0.4;
const wholePace = 0.6;

/** Bytes that count as done when so many are read and none of their rows is in yet. */
export const aheadBytes = (read: number): number => Math.round(read * readingShare);

/** How long all of an import will take, by how long its first bytes took to be read. */
export function aheadOf(read: number, bytesTotal: number, seconds: number): Ahead {
  const pace = seconds > 0 ? (read / seconds) * wholePace : 0;
  const left = (bytesTotal - aheadBytes(read)) / pace;
  return { bytes: read, secondsLeft: pace > 0 ? Math.max(1, Math.round(left)) : null };
}

/** How long it takes still to read again what was read before. */
export function againOf(rows: number, of: number, seconds: number): Again {
  const pace = seconds > 0 ? rows / seconds : 0;
  const read = Math.min(rows, of);
  return { rows: read, of, secondsLeft: pace > 0 ? Math.ceil((of - read) / pace) : null };
}
