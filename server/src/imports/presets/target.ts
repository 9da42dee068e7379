import type { EnumerationField } from "../../cleaning/enumeration-fields.ts";
import type { Target } from "../preset.ts";

/** What a target is called, and the headers it is recognised by: its labels are always among them. */
interface Named {
  id: string;
  zh: string;
  en: string;
  aliases?: readonly string[];
}
type Spec = readonly [id: string, zh: string, en: string, ...aliases: string[]];

const named = ([id, zh, en, ...aliases]: Spec): Named => ({ id, zh, en, aliases });

function target({ id, zh, en, aliases = [] }: Named, more: Partial<Target>): Target {
  return { id, label: { zh, en }, required: false, aliases: [zh, ...aliases, en], ...more };
}

export const required = (one: Target): Target => ({ ...one, required: true });

/** A number or code of some system: kept as it is. */
export const code = (...spec: Spec): Target => target(named(spec), {});
export const words = (...spec: Spec): Target => target(named(spec), { rule: "text" });
export const time = (...spec: Spec): Target => target(named(spec), { rule: "instant" });
export const day = (...spec: Spec): Target => target(named(spec), { rule: "date" });
export const count = (...spec: Spec): Target => target(named(spec), { rule: "quantity" });
/** Pieces in a warehouse. */
export const pieces = (...spec: Spec): Target => target(named(spec), { rule: "quantity", bulk: true });
export const choice = (field: EnumerationField, ...spec: Spec): Target =>
  target(named(spec), { rule: "enumeration", field });
export const phone = (...spec: Spec): Target => target(named(spec), { rule: "phone", personal: true });
export const email = (...spec: Spec): Target => target(named(spec), { rule: "email", personal: true });
export const personName = (...spec: Spec): Target =>
  target(named(spec), { rule: "person-name", personal: true });
/** An account's name, a card's number: names somebody, and is kept as it is. */
export const account = (...spec: Spec): Target => target(named(spec), { personal: true });
export const address = (...spec: Spec): Target => target(named(spec), { rule: "address", personal: true });
/** A province, city or district: where thousands live, so that it tells of nobody by itself. */
export const division = (...spec: Spec): Target => target(named(spec), { rule: "address" });
/** A number of an identity card: kept as a keyed hash or not at all. */
export const idNumber = (...spec: Spec): Target => target(named(spec), { rule: "id-number", personal: true });
/** A time that may lie ahead: expected, agreed. */
export const planned = (...spec: Spec): Target => target(named(spec), { rule: "instant", planned: true });

/** An amount in yuan, and the same column as some programs save it: in fen, which its header says. */
export function money(...spec: Spec): Target[] {
  const yuan = named(spec);
  const inFen = [yuan.zh, ...(yuan.aliases ?? [])].map(
    (alias) => `${alias.replace(/[（(]?元[)）]?$/, "")}(分)`,
  );
  return [
    target(yuan, { rule: "money" }),
    {
      ...target({ id: `${yuan.id}Fen`, zh: inFen[0] as string, en: `${yuan.en} (fen)` }, { rule: "money" }),
      aliases: [...new Set(inFen)],
      unit: "fen",
    },
  ];
}
