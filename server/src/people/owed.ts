/** Rows on their way to ClickHouse. */
export interface Owed<Row> {
  write(rows: Iterable<Row>): Promise<void>;
}

/**
 * Rows that are committed in PostgreSQL and must reach the copy before anything is acknowledged. What could not be
 * written waits and goes with the next, so that a failure leaves no hole. One write at a time; those who come
 * meanwhile share the next one. Of rows with the same key only the last is kept.
 */
export function owedRows<Row>(
  keyOf: (row: Row) => number,
  put: (rows: readonly Row[]) => Promise<void>,
): Owed<Row> {
  let owed = new Map<number, Row>();
  let turn: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    if (owed.size === 0) return;
    const due = owed;
    owed = new Map();
    try {
      await put([...due.values()]);
    } catch (error) {
      // What came meanwhile is newer and stays on top of what failed.
      for (const [key, row] of owed) due.set(key, row);
      owed = due;
      throw error;
    }
  }

  return {
    write(rows) {
      for (const row of rows) owed.set(keyOf(row), row);
      turn = turn.catch(() => undefined).then(flush);
      return turn;
    },
  };
}
