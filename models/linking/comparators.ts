import type { Comparator } from "./comparator.ts";
import { address } from "./comparators/address.ts";
import { birthday } from "./comparators/birthday.ts";
import { chineseName } from "./comparators/chinese-name.ts";
import { spelt, typed } from "./comparators/edits.ts";
import { email } from "./comparators/email.ts";
import { exact } from "./comparators/exact.ts";
import { likeness } from "./comparators/likeness.ts";
import { phone } from "./comparators/phone.ts";
import { postcode } from "./comparators/postcode.ts";

/** The kinds of fields. */
export const comparators = {
  exact,
  typed,
  spelt,
  likeness,
  "chinese-name": chineseName,
  phone,
  address,
  birthday,
  email,
  postcode,
} as const satisfies Record<string, Comparator>;

export type ComparatorKind = keyof typeof comparators;
