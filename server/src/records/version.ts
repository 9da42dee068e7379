import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { Text } from "../events/utf8.ts";

/** One version of a part of a record, as far as deciding needs it. Instants in milliseconds since 1970. */
export interface Version {
  readonly part: string;
  /** When the sender changed it; the newest counts. */
  readonly changed: number;
  /** Grows with every version of the record: of two changed at one time, the later said. */
  readonly stamp: number;
  readonly received: number;
  /** 64 bits of everything stated, as decimal text. */
  readonly hash: string;
  readonly import: number;
  readonly source: number;
  readonly node: number;
  readonly at: number;
  readonly undone: boolean;
}

/** A version with what it says. */
export interface WholeVersion extends Version {
  readonly fields: string;
  readonly marks: readonly Mark[];
}

/** A version to be written. */
export interface NewVersion extends Version {
  readonly fields: Text;
  readonly marks: readonly Mark[];
  readonly kind: RecordKindId;
  readonly id: string;
  readonly key: string;
}

const isNewer = (a: Version, b: Version): boolean =>
  a.changed > b.changed || (a.changed === b.changed && a.stamp > b.stamp);

/** The version of each part that counts, by part. */
export function currentOf<Some extends Version>(versions: readonly Some[]): Map<string, Some> {
  const current = new Map<string, Some>();
  for (const version of versions) {
    if (version.undone) continue;
    const other = current.get(version.part);
    if (other === undefined || isNewer(version, other)) current.set(version.part, version);
  }
  return current;
}
