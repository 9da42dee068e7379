import { LineWriter } from "../events/line-writer.ts";
import { seconds } from "../people/tab-text.ts";
import type { NewVersion } from "./version.ts";

/** The columns of `record_version` in the order of versionLines' values. */
export const versionColumns = [
  ..."workspace kind id part changed hash import source received stamp at node key marks fields".split(" "),
];

/** What most versions need; the writer makes more room when some are longer. */
const bytesEach = 768;

/** Versions as tab-separated values, written by hand since this runs for every record of a file. */
export function versionLines(workspace: number, versions: readonly NewVersion[]): Buffer {
  const out = new LineWriter(versions.length * bytesEach);
  for (const one of versions) writeLine(out, workspace, one);
  return out.bytes();
}

function writeLine(out: LineWriter, workspace: number, one: NewVersion): void {
  out.whole(workspace);
  out.plain(`\t${one.kind}\t${one.id}\t`);
  out.text(one.part);
  out.plain(`\t${seconds(one.changed)}\t${one.hash}\t`);
  out.whole(one.import);
  out.tab();
  out.whole(one.source);
  out.plain(`\t${seconds(one.received)}\t${seconds(one.stamp)}\t${seconds(one.at)}\t`);
  out.whole(one.node);
  out.tab();
  out.text(one.key);
  out.tab();
  if (one.marks.length === 0) out.plain("[]");
  else out.texts(one.marks);
  out.tab();
  if (typeof one.fields === "string") out.json(one.fields);
  else out.jsonBytes(one.fields);
  out.line();
}
