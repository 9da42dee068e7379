import { openPeople } from "../people/people.store.ts";
import { workspaceKeyring } from "../platform/workspace-keys.store.ts";
import { obeyWords } from "../privacy/obey.store.ts";
import { createQuiet } from "../privacy/quiet.store.ts";
import { noStoppers } from "../privacy/stoppers.ts";
import { settleWithheld } from "../privacy/withheld.store.ts";
import type { House } from "./house.ts";

/** Who it is: nodes, persons, the vault. */
export async function know(house: House) {
  const { db, clickhouse, clock, log, master, cluster } = house;
  const keyring = workspaceKeyring(master);
  const keysOf = (workspace: number) => keyring(db, workspace);
  const people = openPeople({ db, clickhouse, clock, log, keysOf, place: { cluster } });
  await people.prepare();
  house.closing.push(() => people.stop());
  // Each later room adds how it stops what it has under way.
  const stoppers = noStoppers();
  people.settling.push((tx, workspace, persons, at) =>
    settleWithheld(tx, people.vault, workspace, persons, at),
  );
  people.obeying.push(obeyWords(stoppers));
  const quiet = createQuiet({ db, clickhouse, clock, vault: people.vault, stoppers });
  return { people, keysOf, stoppers, quiet };
}

export type Known = Awaited<ReturnType<typeof know>>;
