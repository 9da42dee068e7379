import type { Identifier } from "../people/identity.ts";
import { normalise } from "../people/normalise.ts";
import { phoneEnds } from "../people/phone-ends.ts";
import { foldedName } from "../people/traits.ts";

/** What a typed text may stand for; everything is looked up by keyed hash, since nothing is kept in clear. */
export interface Sought {
  readonly identifiers: readonly Identifier[];
  /** The visible ends of a masked phone number. */
  readonly phoneEnds: string | null;
  /** A whole name, folded. */
  readonly name: string | null;
}

/** NAMESPACE:VALUE, read both ways where the namespace may have a part of its own (openid:APP:VALUE, member:SHOP:VALUE). */
export function identifiersIn(text: string): Identifier[] {
  const colons = [...text.matchAll(/:/g)].map(({ index }) => index);
  return [colons[1], colons[0]]
    .filter((at) => at !== undefined)
    .map((at) => normalise({ namespace: text.slice(0, at), value: text.slice(at + 1) }))
    .flatMap((normal) => (normal.ok ? [normal.identifier] : []));
}

/** What the search box may mean: an identifier with or without its namespace, a masked phone, a full name. */
export function soughtIn(text: string, namespaces: readonly string[]): Sought {
  const typed = text.trim();
  const plain = namespaces
    .map((namespace) => normalise({ namespace, value: typed }))
    .flatMap((normal) => (normal.ok ? [normal.identifier] : []));
  return {
    identifiers: [...identifiersIn(typed), ...plain],
    phoneEnds: typed.includes("*") ? phoneEnds(typed) : null,
    name: typed.length >= 2 && typed.length <= 60 ? foldedName(typed) : null,
  };
}
