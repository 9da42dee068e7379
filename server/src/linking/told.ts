import type { Knowing } from "@stork/models/linking/comparator.ts";
import { type Comparison, prepareField } from "@stork/models/linking/comparison.ts";

/** What a person, or a record of one, told about herself: as written, each possibly several times. */
export interface Told {
  readonly names: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly addresses: readonly string[];
  readonly birthdays: readonly string[];
  readonly childBirthdays: readonly string[];
}

/** What is compared, in this order everywhere. */
export const comparisons = [
  { field: "names", kind: "chinese-name", many: true, byFrequency: true },
  { field: "phones", kind: "phone", many: true },
  { field: "emails", kind: "email", many: true },
  { field: "addresses", kind: "address", many: true },
  { field: "birthdays", kind: "birthday", many: true },
  { field: "childBirthdays", kind: "birthday", many: true },
] as const satisfies readonly (Comparison & { field: keyof Told })[];

/** Ready for comparing, field by field; empty where nothing was told. */
export const preparedFrom = (told: Told, knowing: Knowing): string[] =>
  comparisons.map((comparison) => prepareField(comparison, told[comparison.field], knowing));
