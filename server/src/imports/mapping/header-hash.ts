import { hash } from "node:crypto";
import { bare } from "./names.ts";

/** Equal for files with the same columns, in whatever order and with whatever blanks. */
export const hashHeader = (columns: readonly string[]): Buffer =>
  hash("sha256", columns.map(bare).sort().join("\n"), "buffer");
