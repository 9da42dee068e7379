import type { Tx } from "../../platform/postgres.ts";
import type { ChangeOf, Done } from "../decision.ts";
import type { Deciding } from "../decision-parts.store.ts";
import { merge } from "./merge.store.ts";

/** An identifier is a person's: whoever holds it today is the same. */
export const link = (tx: Tx, deciding: Deciding, { person, node }: ChangeOf<"link">): Promise<Done> =>
  merge(tx, deciding, { kind: "merge", a: person, b: node });
