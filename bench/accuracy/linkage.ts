import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AccuracySet } from "./accuracy-set.ts";

/** Records of one person found among records without a shared identifier. */
export const linkage: AccuracySet = {
  summary: "precision, recall of pairs over the labelled files of record_linkage/",
  async score({ test }) {
    const folder = join(test, "record_linkage");
    if (!existsSync(folder)) return null;
    return null;
  },
};
