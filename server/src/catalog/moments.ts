import type { CalendarEntry, Moment } from "@stork/contract/stage-calendar.ts";
import { checkup } from "./moments/checkup.ts";
import { clothing } from "./moments/clothing.ts";
import { diapers } from "./moments/diapers.ts";
import { feeding } from "./moments/feeding.ts";
import { formula } from "./moments/formula.ts";
import { prenatal } from "./moments/prenatal.ts";
import { shoes } from "./moments/shoes.ts";
import { vaccination } from "./moments/vaccination.ts";
import type { StageMoment } from "./stage-moment.ts";

/** What comes at an age, by kind. `own` is what a workspace adds: it has no standard. */
export const stageMoments = {
  prenatal,
  vaccination,
  checkup,
  feeding,
  formula,
  diapers,
  clothing,
  shoes,
  own: { kind: "own", entries: [] },
} satisfies { [Kind in Moment]: StageMoment<Kind> };

/** The calendar that Stork comes with. */
export const standardCalendar: readonly CalendarEntry[] = Object.values(stageMoments).flatMap<CalendarEntry>(
  ({ entries }) => [...entries],
);
