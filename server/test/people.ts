import { openPeople, type People } from "../src/people/people.store.ts";
import type { TestEngines } from "./engines.ts";

/** The people of a test's engines, as a server has them; its `stop` is called before the engines are closed. */
export const testPeople = (engines: TestEngines): People =>
  openPeople({ ...engines, keysOf: (id) => engines.workspaceKeys(engines.db, id) });
