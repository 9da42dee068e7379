import { OpenedRecords } from "../../records/packed-record.ts";
import type { RefusedRow } from "../refused-rows.ts";
import type { Packed } from "./packed.ts";
import type { HandedRecord } from "./slice.ts";

/** Records as objects that read their columns when they are asked. */
export function unpack(packed: Packed): HandedRecord[] {
  const opened = new OpenedRecords(packed);
  return Array.from(packed.rows, (rows, i) => {
    const refused = opened.word(packed.refused[i]);
    return {
      rows,
      occurrence: packed.occurrences[i] as number,
      read: refused === "" ? opened.record(i) : { refused: refused as RefusedRow },
    };
  });
}
