import { ch, type Statement } from "../platform/clickhouse.ts";

/**
 * Who a node is today, in SQL: `personOf(ch`node`)`. A dictionary in memory, so mapping costs next to nothing while
 * grouping; a node that was never moved is its own person.
 */
export function personOf(node: Statement): Statement {
  return ch`dictGetOrDefault('person_map', 'person', ${node}, ${node})`;
}
