import type { PackedRecords } from "../../records/packed-records.ts";

/** The records of a slice, and what became of the rows they were read from. What was refused has its place among them. */
export interface Packed extends PackedRecords {
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly occurrences: Uint32Array<ArrayBuffer>;
  /** The word why a record was refused; that of "": it was not. */
  readonly refused: Uint32Array<ArrayBuffer>;
  /** Whether any of what they say speaks of a child. */
  readonly ofChildren: boolean;
}

/** What of a slice changes hands without being copied. */
export const movedOf = ({ events, traits, ...packed }: Packed): ArrayBuffer[] =>
  [packed, events, traits].flatMap((columns) =>
    Object.values(columns).flatMap((column) => {
      if (ArrayBuffer.isView(column)) return [column.buffer as ArrayBuffer];
      if (column !== null && typeof column === "object" && "ends" in column)
        return [column.bytes.buffer, column.ends.buffer];
      return [];
    }),
  );
