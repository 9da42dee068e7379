import type { AccuracySet } from "./accuracy-set.ts";
import { linkage } from "./linkage.ts";

export const sets = { linkage } as const satisfies Record<string, AccuracySet>;
