import { z } from "zod";

/**
 * A backup is a tar of
 *   header.json                         what made it, and when
 *   postgres/SCHEMA.TABLE/N.copy.zst    rows as COPY writes them, in pieces cut at line ends
 *   clickhouse/TABLE/N.jsonl.zst        rows as JSON lines
 *   files/cold/…                        Parquet files of cold data, as they are
 *   files/raw/…                         original files of imports, sealed as they are; deleted ones are missing
 *   master.key.sealed                   only when a passphrase was given
 *   manifest.json                       what each table holds; it comes last, so a backup cut short lacks it
 */
export const formatVersion = 1;

export const Header = z.object({
  format: z.number(),
  version: z.string(),
  startedAt: z.string(),
  /** The migrations that the data has gone through, by engine. */
  migrations: z.object({ postgres: z.array(z.string()), clickhouse: z.array(z.string()) }),
});
export type Header = z.infer<typeof Header>;

const TableHeld = z.object({ columns: z.array(z.string()), rows: z.number(), sha256: z.string() });
export const Manifest = z.object({
  postgres: z.record(z.string(), TableHeld),
  clickhouse: z.record(z.string(), TableHeld),
  /** Where each sequence of PostgreSQL goes on. */
  sequences: z.record(z.string(), z.number()),
  files: z.record(z.string(), z.number()),
});
export type Manifest = z.infer<typeof Manifest>;
export type TableHeld = z.infer<typeof TableHeld>;

/** Where a piece of a table belongs; null for anything else in the tar. */
export function pieceOf(name: string): { engine: "postgres" | "clickhouse"; table: string } | null {
  const parts = /^(postgres|clickhouse)\/([^/]+)\/\d+\.(?:copy|jsonl)\.zst$/.exec(name);
  return parts === null ? null : { engine: parts[1] as "postgres", table: parts[2] as string };
}

/** Copies of what PostgreSQL knows, made anew from it at every start. */
export const mirrored: readonly string[] = ["node", "person_of", "child"];
