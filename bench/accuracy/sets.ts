import type { AccuracySet } from "./accuracy-set.ts";
import { aliAge } from "./ali-age.ts";
import { linkage } from "./linkage.ts";

export const sets = { "ali-age": aliAge, linkage } as const satisfies Record<string, AccuracySet>;
