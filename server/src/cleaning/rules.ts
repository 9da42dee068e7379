import type { CleaningRule, RowsRuleId, RuleId, ValueRuleId } from "./rule.ts";
import { address } from "./rules/address.ts";
import { bounds } from "./rules/bounds.ts";
import { date } from "./rules/date.ts";
import { duplicates } from "./rules/duplicates.ts";
import { email } from "./rules/email.ts";
import { encoding } from "./rules/encoding.ts";
import { enumeration } from "./rules/enumeration.ts";
import { idNumber } from "./rules/id-number.ts";
import { instant } from "./rules/instant.ts";
import { money } from "./rules/money.ts";
import { pack } from "./rules/pack.ts";
import { personName } from "./rules/person-name.ts";
import { phone } from "./rules/phone.ts";
import { quantity } from "./rules/quantity.ts";
import { testOrders } from "./rules/test-orders.ts";
import { text } from "./rules/text.ts";

/** Rules that read one value. */
export const valueRules = {
  phone,
  email,
  "id-number": idNumber,
  instant,
  date,
  address,
  "person-name": personName,
  text,
  encoding,
  money,
  quantity,
  pack,
  enumeration,
} as const satisfies { readonly [Id in ValueRuleId]: CleaningRule<Id> };

/** Rules that look at rows together. */
export const rowsRules = {
  bounds,
  duplicates,
  "test-orders": testOrders,
} as const satisfies { readonly [Id in RowsRuleId]: CleaningRule<Id> };

export const rules = { ...valueRules, ...rowsRules } as const satisfies {
  readonly [Id in RuleId]: CleaningRule<Id>;
};
