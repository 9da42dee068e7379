import type { Condition } from "@stork/contract/segments.ts";
import { useSay } from "../../i18n/i18n.ts";
import { useVocabulary } from "../queries.ts";
import type { EditorProps } from "./editor.ts";
import { Filter } from "./filter.tsx";

export function TraitEditor({ value, onChange }: EditorProps<Extract<Condition, { kind: "trait" }>>) {
  const say = useSay();
  const vocabulary = useVocabulary();
  const known = (vocabulary.data?.traits ?? []).map((one) => ({
    name: one.key,
    type: one.type,
    examples: one.examples,
  }));
  return (
    <div className="condition-line">
      <span>{say("segments.kind.trait.words")}</span>
      <Filter
        label={say("segments.kind.trait")}
        placeholder={say("segments.chooseTrait")}
        known={known}
        value={{ property: value.key, op: value.op, value: value.value }}
        onChange={({ property, op, value: operand }) =>
          onChange({ kind: "trait", key: property, op, ...(operand === undefined ? {} : { value: operand }) })
        }
      />
    </div>
  );
}
