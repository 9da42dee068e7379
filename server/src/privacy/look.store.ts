import { sql } from "kysely";
import type { Caller } from "../platform/caller.ts";
import type { Db } from "../platform/postgres.ts";
import { type LookFor, type Sight, sightOf } from "./sight.ts";

export interface Look {
  readonly workspace: number;
  readonly caller: Pick<Caller, "who" | "scopes">;
  readonly purpose: LookFor;
  /** Whose values; none when it cannot be known before: an item that was refused, a file. */
  readonly persons: readonly number[];
  /** What is looked at, in a few words that identify nobody: "person", "quarantine 12", "export 3". */
  readonly what: string;
  readonly at: Date;
}

/** How the caller may see these values. A look that shows them whole is written down before it is had. */
export async function look(db: Db, { workspace, caller, purpose, persons, what, at }: Look): Promise<Sight> {
  const sight = sightOf(caller.scopes, purpose);
  if (sight.whole) {
    await sql`
      insert into reveal_log (workspace_id, who, person, what, at)
      select ${workspace}, ${caller.who}, person, ${what}, ${at}
      from unnest(${persons.length === 0 ? [0] : [...persons]}::bigint[]) as person`.execute(db);
  }
  return sight;
}
