import type { Condition } from "@stork/contract/segments.ts";
import { personOf } from "../people/person-map.ts";
import { ch, list, type Statement } from "../platform/clickhouse.ts";
import type { Facts, Moment, Place, SavedSegment } from "./condition.ts";
import { meaningOf } from "./conditions.ts";
import { todayIn } from "./today.ts";

/** Some nodes and whose they are now; a query restricted to them sees their owners whole if no node is missing. */
export interface Owners {
  nodes: readonly number[];
  /** The person of each node, in the same order. */
  persons: readonly number[];
}

export interface Scope {
  segments?: ReadonlyMap<string, SavedSegment> | undefined;
  /** Ask only about the owners of these nodes. */
  only?: Owners | undefined;
}

/**
 * The one way from a condition to people: a ClickHouse query that selects `person`, each once. Conditions that mention
 * saved segments need those in `segments`; check.ts has refused what cannot be compiled.
 */
export function personsMatching(
  workspace: { id: number; timeZone: string },
  condition: Condition,
  now: Date,
  { segments = new Map(), only }: Scope = {},
): Statement {
  const place: Place = {
    now,
    today: todayIn(workspace.timeZone, now),
    segments,
    workspace: workspace.id,
    person: only === undefined ? personOf(ch`node`) : ownerIn(only),
    restriction: only === undefined ? ch`` : ch` and node in ${list("UInt64", only.nodes)}`,
  };
  const query = (part: Condition): Statement => meaningOf(part).query(part as never, place, query);
  return query(condition);
}

/** The same question about one person whose facts are at hand. */
export function holdsFor(condition: Condition, facts: Facts, moment: Moment): boolean {
  const holds = (part: Condition): boolean => meaningOf(part).holds(part as never, facts, moment, holds);
  return holds(condition);
}

/** The owners as told, rather than by the engine's copy of the map, which follows a join within a second. */
function ownerIn({ nodes, persons }: Owners): Statement {
  if (nodes.length === 0) return ch`node`;
  return ch`transform(node, ${list("UInt64", nodes)}, ${list("UInt64", persons)}, node)`;
}
