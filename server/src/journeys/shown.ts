import type { Journey } from "@stork/contract/journeys.ts";
import { entryMeaning } from "./entries.ts";
import type { RunCounts } from "./figures.store.ts";
import type { JourneyRecord } from "./journey.store.ts";
import { reentryWords } from "./reentry.ts";
import type { Names } from "./step.ts";
import { stepMeaning } from "./steps.ts";

const nobody: RunCounts = { waiting: 0, done: 0, exited: 0, entered7Days: 0 };

/** A journey as it is told outside, with its sentences. */
export function shownJourney(row: JourneyRecord, counts: RunCounts | undefined, names: Names): Journey {
  const { id, name, status, version, definition, createdAt, startedAt } = row;
  const { entry, steps, reentry } = definition;
  return {
    ...{ id: String(id), name, status, version, entry, steps, reentry },
    words: {
      entry: entryMeaning(entry).sentence(entry, names.segments),
      reentry: reentryWords(reentry),
      steps: steps.map((step) => stepMeaning(step).sentence(step, names)),
    },
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    counts: counts ?? nobody,
  };
}
