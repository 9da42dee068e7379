import type { RefusedRecord } from "../../records/kind.ts";
import type { RefusedRow } from "../refused-rows.ts";

const rows: Readonly<Record<RefusedRecord["refused"], RefusedRow>> = {
  "records/invalid": "no-key",
  "records/no-key": "no-key",
  "records/time-unreadable": "day-unreadable",
  "records/amount-unreadable": "amount-unreadable",
  "records/nobody": "no-identifier",
};

/** Why the row is refused of which this record was made. */
export const refusalOf = ({ refused }: RefusedRecord): { refused: RefusedRow } => ({
  refused: rows[refused],
});
