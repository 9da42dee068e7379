import { isNothing, plain, unquoted } from "../characters.ts";
import type { EnumerationField } from "../enumeration-fields.ts";
import { meanings } from "../enumeration-words.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";

const wordsOf = (field: EnumerationField): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(meanings[field]).flatMap(([meaning, names]) =>
      [meaning, ...names.split(" ")].map((name): [string, string] => [name, meaning]),
    ),
  );
const known = new Map((Object.keys(meanings) as EnumerationField[]).map((field) => [field, wordsOf(field)]));

function clean(written: string, { field, codes }: RuleContext): Cleaned<string> {
  // A standard word that people chose for a code is already what it should be.
  if (codes !== undefined && Object.values(codes).includes(written))
    return { value: written, changed: false };
  const text = unquoted(plain(written))
    .toLowerCase()
    .replaceAll(/[\s_]+/g, "-");
  if (text === "" || (field !== "gender" && isNothing(text))) return { unreadable: "empty" };
  if (field === undefined) return { unreadable: "no-field" };
  // What people decided for this source goes before what the words mean elsewhere.
  const decided = codes !== undefined && Object.hasOwn(codes, text) ? codes[text] : undefined;
  if (decided !== undefined) return { value: decided, changed: decided !== written, note: "learned-code" };
  if (codes !== undefined && Object.values(codes).includes(written))
    return { value: written, changed: false };
  const words = known.get(field);
  const meaning = words?.get(text) ?? words?.get(text.replaceAll("-", ""));
  if (meaning !== undefined)
    return meaning === written
      ? { value: meaning, changed: false }
      : { value: meaning, changed: true, note: "synonym" };
  // 0 is a boy in one system and a girl in the next.
  return { unreadable: /^[a-z]?-?\d{1,3}$|^[a-z]$/.test(text) ? "code-undecided" : "not-listed" };
}

export const enumeration: ValueRule<"enumeration"> = {
  id: "enumeration",
  label: { zh: "代码和选项", en: "Codes and options" },
  what: {
    zh: "性别、订单状态、支付方式、渠道等按同义词统一；0、1、2 这样的代码由人按来源决定，之前不猜。",
    en: "Gender, order status, payment, channel … by synonyms; codes such as 0, 1, 2 stay undecided until a person says what a source means.",
  },
  personal: false,
  examples: [
    { written: "女宝", context: { field: "gender" }, becomes: "female" },
    { written: "交易成功", context: { field: "order-status" }, becomes: "completed" },
    { written: "0", context: { field: "gender" }, becomes: "code-undecided" },
    { written: "0", context: { field: "gender", codes: { "0": "male" } }, becomes: "male" },
  ],
  clean,
  show: (value) => value,
};
