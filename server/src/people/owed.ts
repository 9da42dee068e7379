/** Rows on their way to ClickHouse. */
export interface Owed<Row> {
  write(rows: Iterable<Row>): Promise<void>;
}

/**
 * Rows that are committed in PostgreSQL and must reach the copy before anything is acknowledged. What could not be
 * written waits and goes with the next, so that a failure leaves no hole. One write at a time; those who come
 * meanwhile share the next one. Of rows with the same key only the last is kept.
 */
export const owedRows = <Row>(
  keyOf: (row: Row) => number,
  put: (rows: readonly Row[]) => Promise<void>,
): Owed<Row> =>
  owed(put, (rows) => {
    const last = new Map<number, Row>();
    for (const row of rows) last.set(keyOf(row), row);
    return [...last.values()];
  });

/** The same where the copy itself keeps the newest of each. */
export const owedInOrder = <Row>(put: (rows: readonly Row[]) => Promise<void>): Owed<Row> =>
  owed(put, (rows) => rows);

function owed<Row>(
  put: (rows: readonly Row[]) => Promise<void>,
  kept: (rows: readonly Row[]) => readonly Row[],
): Owed<Row> {
  let waiting: Row[] = [];
  let turn: Promise<void> = Promise.resolve();

  async function flush(): Promise<void> {
    if (waiting.length === 0) return;
    const due = kept(waiting);
    waiting = [];
    try {
      await put(due);
    } catch (error) {
      // What came meanwhile is newer and comes after what failed.
      waiting = [...due, ...waiting];
      throw error;
    }
  }

  return {
    write(rows) {
      for (const row of rows) waiting.push(row);
      turn = turn.catch(() => undefined).then(flush);
      return turn;
    },
  };
}
