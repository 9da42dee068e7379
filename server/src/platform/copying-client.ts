import pg from "pg";

/** How the statements end that take their rows from us. */
export const fromStdin = " from stdin (format binary)";

/** A connection that also takes what copyIn gives it. */
export class CopyingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares nine forms of this; all but one are passed on as they are.
  override query(...args: any[]): any {
    const [text, values] = args;
    const [bytes] = Array.isArray(values) ? values : [];
    if (typeof text !== "string" || !text.endsWith(fromStdin) || !(bytes instanceof Buffer))
      return (super.query as (...args: unknown[]) => unknown)(...args);
    return new Promise((resolve, reject) => {
      super.query(copying(text, bytes, resolve, reject));
    });
  }
}

interface Sending extends pg.Connection {
  sendCopyFromChunk(bytes: Buffer): void;
  endCopyFrom(): void;
}

/**
 * The rows go out at once: they are in memory anyway, and what the server answers meanwhile (that its disk is full, that
 * it ends) finds nothing half sent.
 */
function copying(
  text: string,
  bytes: Buffer,
  resolve: (done: { command: string; rows: unknown[] }) => void,
  reject: (error: Error) => void,
): pg.Submittable {
  const handlers = {
    submit: (connection: pg.Connection) => connection.query(text),
    handleCopyInResponse(connection: Sending) {
      connection.sendCopyFromChunk(bytes);
      connection.endCopyFrom();
    },
    handleCommandComplete() {},
    handleReadyForQuery: () => resolve({ command: "COPY", rows: [] }),
    handleError: (error: Error) => reject(error),
  };
  return handlers;
}
