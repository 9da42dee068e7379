import type { ErasedSubject } from "../platform/eraser.ts";
import { jobs } from "../platform/jobs.ts";
import { type ErasingParts, erasureTasks } from "../rights/erase.job.ts";
import { eraseReturned } from "../rights/returned.store.ts";
import { rightsRoutes } from "../rights/rights.routes.ts";
import { archivesEraser } from "../storage/archive-eraser.store.ts";
import { coldPlace } from "../storage/cold.client.ts";
import { holdOn } from "../storage/hold-on.store.ts";
import type { Chosen } from "./choose.ts";
import type { House } from "./house.ts";
import type { Known } from "./know.ts";

/** What persons ask for by law, and forgetting them in every place there is. */
export async function answerRights(
  house: House,
  { people, quiet, stoppers }: Known,
  { touched }: Chosen,
): Promise<void> {
  const { db, clickhouse, clock, log, http, dataDir, publicUrl } = house;
  const { vault, identity, personMap, recordStatements } = people;
  const parts = { db, clickhouse, vault, clock, jobs };
  const cold = coldPlace(house);
  const erasing: ErasingParts = {
    ...parts,
    ...{ log, dataDir },
    laterErasers: [archivesEraser({ db, clickhouse, cold })],
    holdOn: (subject: ErasedSubject) => holdOn({ db, clickhouse }, subject),
    onErased: async (workspace) => {
      await identity.forget(workspace);
      personMap.changed();
      await personMap.settled();
    },
  };
  rightsRoutes(http, { ...parts, recordStatements, quiet, stoppers, touched, publicUrl });
  Object.assign(house.tasks, erasureTasks(erasing));
  await eraseReturned(erasing);
}
