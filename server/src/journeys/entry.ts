import type { Words } from "@stork/contract/common.ts";
import type { DateEntry, Entry, EntryKind } from "@stork/contract/journeys.ts";
import type { Condition } from "@stork/contract/segments.ts";
import type { z } from "zod";
import type { EventFact, SavedSegment } from "../segments/condition.ts";

export type EntryOf<Kind extends EntryKind> = Extract<Entry, { kind: Kind }>;

/** What no event tells, so that it has to be looked for. */
export type Look =
  | { readonly for: "segment"; readonly segment: number; readonly present: boolean }
  | { readonly for: "date"; readonly date: Omit<z.infer<typeof DateEntry>, "kind"> };

/** The questions that a way into a journey answers. */
export interface EntryMeaning<Kind extends EntryKind> {
  /** The name of the event that it waits for; null when it waits for none. */
  wokenBy(entry: EntryOf<Kind>): string | null;
  /** Whether this event lets somebody in, and about which child. */
  lets(entry: EntryOf<Kind>, event: EventFact): { readonly child: number | null } | null;
  looks(entry: EntryOf<Kind>): Look | null;
  /** Whether everybody who comes in is chosen by a child whose dates are known. */
  byChild(entry: EntryOf<Kind>, segments: ReadonlyMap<string, SavedSegment>): boolean;
  /** What must be answerable before it can be used. */
  asks(entry: EntryOf<Kind>): Condition | null;
  sentence(entry: EntryOf<Kind>, segments: ReadonlyMap<string, SavedSegment>): Words;
}
