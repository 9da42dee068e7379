import { escaped, linesOf, seconds } from "../people/tab-text.ts";
import type { NewVersion } from "./version.ts";

/** The columns of `record_version` in the order of versionLines' values. */
export const versionColumns = [
  ..."workspace kind id part changed hash import source received stamp at node key marks fields".split(" "),
];

/** Versions as tab-separated values, written by hand since this runs for every record of a file. */
export const versionLines = (workspace: number, versions: readonly NewVersion[]): Buffer =>
  linesOf(versions, (one) => versionLine(workspace, one), 768);

const versionLine = (workspace: number, one: NewVersion): string =>
  `${workspace}\t${one.kind}\t${one.id}\t${one.part}\t${seconds(one.changed)}\t${one.hash}\t${one.import}\t` +
  `${one.source}\t${seconds(one.received)}\t${seconds(one.stamp)}\t${seconds(one.at)}\t${one.node}\t` +
  `${escaped(one.key)}\t${one.marks.length === 0 ? "[]" : `['${one.marks.join("','")}']`}\t${escaped(one.fields)}\n`;
