import { z } from "zod";
import { findPerson } from "../people/find-person.store.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { refusals } from "./refusals.ts";

export const FamilyParams = z.object({ family: z.string().max(40) });
export const ChildParams = FamilyParams.extend({ child: z.string().max(40) });

/** The person that a number in an address means: a family is found by any of its carers'. */
export async function knownPerson(
  db: Db,
  workspace: number,
  id: string,
  missing: (typeof refusals)["unknownFamily" | "unknownCarer"] = refusals.unknownFamily,
): Promise<number> {
  const person = await findPerson(db, workspace, id);
  if (person === null) throw new Refusal(missing);
  return person;
}
