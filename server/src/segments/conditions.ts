import type { Condition, ConditionKind } from "@stork/contract/segments.ts";
import type { Meaning } from "./condition.ts";
import { all, any } from "./conditions/all-any.ts";
import { childAge } from "./conditions/child-age.ts";
import { did } from "./conditions/did.ts";
import { member } from "./conditions/member.ts";
import { not } from "./conditions/not.ts";
import { stage } from "./conditions/stage.ts";
import { trait } from "./conditions/trait.ts";

/** Every kind of condition there is; leaving one out is a compile error. */
export const meanings = { all, any, not, trait, stage, childAge, did, member } satisfies {
  [K in ConditionKind]: Meaning<K>;
};

/** The meaning of a condition's kind. The compiler cannot see that the map pairs each kind with its own shape. */
export const meaningOf = (condition: Condition): Meaning<never> =>
  meanings[condition.kind] as unknown as Meaning<never>;
