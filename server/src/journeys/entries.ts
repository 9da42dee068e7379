import type { Entry, EntryKind } from "@stork/contract/journeys.ts";
import { date } from "./entries/date.ts";
import { event } from "./entries/event.ts";
import { segment } from "./entries/segment.ts";
import { stage } from "./entries/stage.ts";
import type { EntryMeaning } from "./entry.ts";

/** Every way into a journey. */
export const entries = { event, segment, stage, date } satisfies { [K in EntryKind]: EntryMeaning<K> };

/** So that nobody else need know the kind. */
export const entryMeaning = (entry: Entry): EntryMeaning<EntryKind> =>
  entries[entry.kind] as EntryMeaning<EntryKind>;
