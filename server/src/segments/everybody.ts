import { ch, type Statement, u32 } from "../platform/clickhouse.ts";
import type { Place } from "./condition.ts";

/** All persons of the workspace, whether or not anything but their existence is known. */
export const everybody = ({ workspace, person, restriction }: Place): Statement =>
  ch`select distinct ${person} as person from node where workspace = ${u32(workspace)}${restriction}`;
