import type { FamilyCalendar } from "@stork/contract/stage-calendar.ts";
import { addDays } from "../catalog/calendar.ts";
import { comingFor } from "../catalog/coming.ts";
import { findFamilyChildren, type StoredChild } from "../people/child.store.ts";
import { dateImpossible, uniteChildren } from "../people/children.ts";
import { findHousehold } from "../people/household.store.ts";
import type { Db } from "../platform/postgres.ts";
import { entriesOf } from "./calendar.store.ts";
import { silencedAmong } from "./silenced.store.ts";

/** What has been over for this long is left out. */
const lookBackDays = 30;

/** What comes for the children of a family in the next days; nothing for a child that is silenced. */
export async function loadFamilyCalendar(
  db: Db,
  workspace: number,
  person: number,
  { on, days }: { on: string; days: number },
): Promise<FamilyCalendar> {
  const { persons } = await findHousehold(db, workspace, person);
  const entries = await entriesOf(db, workspace);
  const stored = await findFamilyChildren(db, workspace, persons);
  const quiet = await silencedAmong(db, workspace, stored);
  const window = { on, until: addDays(on, days), since: addDays(on, -lookBackDays) };
  const children = uniteChildren([...new Map(stored.map((child) => [child.id, child])).values()]);
  const items = children
    .filter((child) => isUsable(child) && !quiet.has(child.id))
    .flatMap((child) => comingFor(calendarChild(child), entries, window))
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return { on, items };
}

const isUsable = ({ marks, withheldAt }: StoredChild): boolean =>
  withheldAt === null && !marks.includes(dateImpossible);

const calendarChild = ({ id, bornOn, dueOn, gestationDays, adoptedOn, gender, source }: StoredChild) => ({
  id: String(id),
  dates: { bornOn, dueOn, gestationDays, adoptedOn },
  sex: gender === "female" ? ("girl" as const) : gender === "male" ? ("boy" as const) : null,
  sure: bornOn !== null && source === "stated",
});
