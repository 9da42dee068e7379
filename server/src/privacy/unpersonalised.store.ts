import type { Db, Tx } from "../platform/postgres.ts";
import { findRefusing } from "./refusing.store.ts";

/** Those of these persons who asked not to be chosen for by what they did or are (PIPL 24). */
export const findUnpersonalised = (
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
): Promise<Set<number>> => findRefusing(db, workspace, persons, "personalisation");
