import { ch, str, u32 } from "../../platform/clickhouse.ts";
import { type Meaning, plain, type TraitFact } from "../condition.ts";
import { operandProblems } from "../operands.ts";
import { fits, traitValues } from "../values.ts";
import { traitFits } from "../values-sql.ts";
import { filterWords } from "../words.ts";

/** A stated fact; of several statements, by any of the person's identifiers, the newest counts. */
export const trait: Meaning<"trait"> = {
  ...plain,
  label: { zh: "属性", en: "Trait" },
  form: [
    { name: "key", label: { zh: "属性", en: "Trait" }, input: "trait", required: true },
    { name: "op", label: { zh: "关系", en: "Relation" }, input: "operator", required: true },
    { name: "value", label: { zh: "值", en: "Value" }, input: "value", required: false },
  ],
  query: ({ key, op, value }, { workspace, person, restriction }) => ch`select person from (
    select ${person} as person, argMax(value, (at, node)) as value
    from trait final
    where workspace = ${u32(workspace)} and key = ${str(key)}${restriction}
    group by person
  ) where value != '' and ${traitFits(op, value)}`,
  holds: ({ key, op, value }, { traits }) => {
    const newest = traits.filter((each) => each.key === key).reduce<TraitFact | null>(newer, null);
    // An empty value says that the trait was taken away.
    return newest !== null && newest.value !== "" && fits(traitValues(newest.value), op, value);
  },
  sentence: ({ key, op, value }) => filterWords(key, op, value),
  problems: ({ op, value }) => operandProblems(op, value, ["value"]),
  mentions: ({ key }) => [{ trait: key }],
};

function newer(a: TraitFact | null, b: TraitFact): TraitFact {
  if (a === null) return b;
  const later = a.at.getTime() - b.at.getTime() || a.node - b.node;
  return later > 0 ? a : b;
}
