import { ch } from "../platform/clickhouse.ts";

/**
 * Put at the end of a query that reads `event final`: repeats of a message lie in the month of the message itself (the
 * collector's own window catches those at a month's edge), so months need not be compared with one another. Without
 * it every month is read, whatever days are asked for.
 */
export const onceWithinMonths = ch`settings do_not_merge_across_partitions_select_final = 1`;
