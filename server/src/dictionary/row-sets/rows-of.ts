import type { Statement } from "../../platform/clickhouse.ts";

/**
 * A set's newest rows in SQL: `ms` (when it happened or was last said), `docs` (JSON texts that together are the row, the
 * first to have a field saying it) and `beside` (1: cleaning left it out of sums, so it is not learned from either).
 */
export type RowsOf = (workspace: number, of: string, most: number) => Statement;
