import type { AccuracySet } from "./accuracy-set.ts";
import { aliAge } from "./ali-age.ts";
import { linkage } from "./linkage.ts";
import { townAge } from "./town-age.ts";

export const sets = { "ali-age": aliAge, "town-age": townAge, linkage } as const satisfies Record<
  string,
  AccuracySet
>;
