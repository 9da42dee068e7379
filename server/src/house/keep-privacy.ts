import { dateIn } from "../catalog/calendar.ts";
import { createChange } from "../families/children-write.store.ts";
import { addChild, putRight, takeAway } from "../families/staff-children.store.ts";
import { jobs } from "../platform/jobs.ts";
import { consentsRoutes } from "../privacy/consents.routes.ts";
import { privacyTasks, schedulePrivacy } from "../privacy/daily.job.ts";
import { lapseRoutes } from "../privacy/lapse.routes.ts";
import { looksRoutes } from "../privacy/looks.routes.ts";
import { preferenceRoutes } from "../privacy/preference.routes.ts";
import type { ReadingParts } from "../privacy/preference.store.ts";
import type { PageParts } from "../privacy/preference-do.store.ts";
import { preferenceUrl } from "../privacy/preference-link.ts";
import { silenceRoutes } from "../privacy/silence.routes.ts";
import { owingRoutes, textRoutes } from "../privacy/texts.routes.ts";
import { findHolders } from "../profiles/search.store.ts";
import { identifiersIn } from "../profiles/search.ts";
import { whoSaid } from "../profiles/who-said.store.ts";
import { findRequestsOf, openRequest } from "../rights/requests.store.ts";
import { findLeft } from "../segments/left.store.ts";
import type { Chosen } from "./choose.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** A request that is over is shown on her page for a month. */
const shownForMs = 30 * 86_400_000;

/** Her word: consent, silence, her own page. Last of all, since every room before must have said how it stops. */
export async function keepPrivacy(house: House, known: Known, { touched }: Chosen): Promise<void> {
  const { db, clickhouse, clock, http, publicUrl } = house;
  const { people, keysOf, quiet, stoppers } = known;
  const { vault } = people;
  const parts = {
    ...{ db, clickhouse, clock, vault, quiet, stoppers, publicUrl, keysOf },
    async findHolder(workspace: number, identifier: string) {
      const [person] = await findHolders(db, vault, workspace, identifiersIn(identifier));
      return person ?? null;
    },
    whoSaid: (workspace: number, codes: readonly string[]) => whoSaid(db, workspace, codes),
    leftSegments: (workspace: number, nodes: readonly number[], since: Date) =>
      findLeft({ db, clickhouse }, workspace, nodes, since),
    preferenceUrl: async (workspace: number, node: number, days: number) => {
      const { hash } = await keysOf(workspace);
      return preferenceUrl(publicUrl(), hash, { workspace, node, days, now: clock.now() });
    },
  };
  Object.assign(house.tasks, privacyTasks({ ...parts, jobs, log: house.log }));
  await schedulePrivacy({ db, jobs, clock });
  silenceRoutes(http, parts);
  consentsRoutes(http, parts);
  textRoutes(http, { ...parts, jobs });
  owingRoutes(http, parts);
  lapseRoutes(http, parts);
  looksRoutes(http, parts);
  await preferenceRoutes(http, { ...parts, ...herPage(house, known, touched) });
}

/** What her page hands on: her children's dates to the families' room, her requests to the rights desk. */
function herPage(
  { db, clickhouse, clock }: House,
  { people: { vault, childrenChanged } }: Known,
  touched: Chosen["touched"],
): Pick<PageParts & ReadingParts, "children" | "openRequest" | "requestsOf"> {
  const onChanged = (workspace: number, persons: readonly number[]): void => {
    touched(workspace, persons);
    childrenChanged(workspace, persons);
  };
  const change = createChange({ db, clickhouse, vault, clock, onChanged });
  const hand = (by: string) => ({ by, at: clock.now() });
  return {
    children: {
      async add(workspace, person, child, by) {
        await addChild(
          change,
          vault,
          workspace,
          { holder: person, child: { ...child, twin: false } },
          hand(by),
        );
      },
      save: (workspace, person, child, { bornOn = null, dueOn = null }, by) => {
        const said = bornOn === null ? { dueOn } : { bornOn };
        return putRight(change, vault, workspace, { family: person, child, said }, hand(by));
      },
      remove: (workspace, person, child, by) =>
        takeAway(change, workspace, { family: person, child, why: "she asked" }, hand(by)),
    },
    async requestsOf({ workspace, person, timeZone }, now) {
      const found = await findRequestsOf(db, workspace, person, new Date(now.getTime() - shownForMs));
      return found.map(({ kind, state, openedAt, dueOn, endedAt }) => ({
        ...{ kind, askedOn: dateIn(timeZone, openedAt), refused: state === "refused" },
        dueOn: endedAt === null ? dueOn : null,
      }));
    },
    async openRequest({ workspace, person, timeZone }, kind, who) {
      await openRequest(
        { db, vault },
        { workspace, timeZone, person, kind, by: "link", who, at: clock.now() },
      );
    },
  };
}
