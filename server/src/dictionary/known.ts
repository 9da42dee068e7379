import type { EntryKind, Sensitivity } from "@stork/contract/dictionary.ts";
import { identifyingKey } from "../people/personal.ts";
import type { EntryName } from "./entry-id.ts";
import { knownEvents } from "./known-events.ts";
import { knownFields, knownRecords } from "./known-fields.ts";
import type { Known } from "./known-name.ts";
import { knownProducts } from "./known-products.ts";
import { knownProperties } from "./known-properties.ts";
import { knownTags } from "./known-tags.ts";
import { knownTraits } from "./known-traits.ts";

/** The built-in words for a name; a property's are the same in whatever event it comes. */
export function knownOf({ kind, name }: Pick<EntryName, "kind" | "name">): Known | null {
  const table = tables[kind];
  return Object.hasOwn(table, name) ? (table[name] as Known) : null;
}

const tables: Readonly<Record<EntryKind, Readonly<Record<string, Known>>>> = {
  event: knownEvents,
  property: { ...knownProperties, ...knownProducts },
  trait: knownTraits,
  record: knownRecords,
  field: knownFields,
  tag: knownTags,
  metric: {},
};

const ofAChild =
  /baby|child|birth|due.?date|pregnan|allerg|feeding|weight|height|宝宝|孩子|预产|孕|过敏|喂养|身高|体重/i;

/** How careful to be with a name of which nobody has said anything. */
export function sensitivityOf({ kind, name }: Pick<EntryName, "kind" | "name">): Sensitivity {
  const stated = knownOf({ kind, name })?.sensitivity;
  if (stated !== undefined) return stated;
  if (kind === "trait" || kind === "property" || kind === "field") {
    if (ofAChild.test(name)) return "sensitive";
    if (identifyingKey(name)) return "personal";
  }
  return "internal";
}

/** All names that a slip could have meant. */
export const knownNames = (kind: EntryKind): readonly string[] => Object.keys(tables[kind]);
