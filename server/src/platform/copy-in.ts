import { CompiledQuery } from "kysely";
import { fromStdin } from "./copying-client.ts";
import type { Tx } from "./postgres.ts";

/**
 * Rows in PostgreSQL's binary form for COPY: neither side writes or reads digits and quotes, and the server neither
 * plans nor executes a statement for them. Of a hundred thousand rows that is half of the price.
 */
export class CopyRows {
  #bytes = Buffer.allocUnsafe(64 * 1024);
  #at = 0;
  readonly #columns: number;

  constructor(columns: number, aboutBytes = 0) {
    this.#columns = columns;
    if (aboutBytes > this.#bytes.length) this.#bytes = Buffer.allocUnsafe(aboutBytes);
    // The signature, no flags, no extension.
    this.#at = this.#bytes.write("PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0", "latin1");
  }

  /** Begins a row; then each column is given in order. */
  row(): void {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(this.#columns, this.#at);
  }

  missing(): void {
    this.#length(-1, 0);
  }

  int(value: number): void {
    this.#length(4, 4);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  bigint(value: number): void {
    this.#length(8, 8);
    const high = Math.floor(value / 2 ** 32);
    this.#bytes.writeInt32BE(high, this.#at);
    // Of an instant before 2000 too.
    this.#at = this.#bytes.writeUInt32BE(value - high * 2 ** 32, this.#at + 4);
  }

  /** A timestamptz: microseconds since 2000. */
  instant(ms: number): void {
    this.bigint((ms - msTo2000) * 1_000);
  }

  bytes(value: Uint8Array): void {
    this.#length(value.length, value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
  }

  hex(value: string): void {
    this.#length(value.length / 2, value.length / 2);
    this.#at += this.#bytes.write(value, this.#at, "hex");
  }

  text(value: string): void {
    const lengthAt = this.#at;
    // A character is at most three bytes; how many they are is known afterwards.
    this.#length(0, value.length * 3);
    const written = this.#bytes.write(value, this.#at);
    this.#bytes.writeInt32BE(written, lengthAt);
    this.#at += written;
  }

  done(): Buffer {
    this.#room(2);
    this.#at = this.#bytes.writeInt16BE(-1, this.#at);
    return this.#bytes.subarray(0, this.#at);
  }

  #length(value: number, bytes: number): void {
    this.#room(4 + bytes);
    this.#at = this.#bytes.writeInt32BE(value, this.#at);
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(this.#bytes.length * 2 + bytes);
    this.#bytes.copy(larger, 0, 0, this.#at);
    this.#bytes = larger;
  }
}

const msTo2000 = 946_684_800_000;

/** `into`: the table with its columns, as in `node (id, person)`. Part of the transaction like any statement. */
export async function copyIn(tx: Tx, into: string, rows: CopyRows): Promise<void> {
  await tx.executeQuery(CompiledQuery.raw(`copy ${into}${fromStdin}`, [rows.done()]));
}
