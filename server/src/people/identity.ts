import type { IdentityRule } from "@stork/contract/identity.ts";
import { defaultRules, isTrace, otherCertain, otherWeak } from "./default-rules.ts";

/** What identifies: phone 13812345678, member:tmall 1001, openid:mini-program oAbC… */
export interface Identifier {
  readonly namespace: string;
  readonly value: string;
}

/** How identifiers came together. `unbind` says the contrary: the weakest of them is not the others' any more. */
export type SightingRule = "same-message" | "alias" | "same-row" | "unbind";

/** Identifiers seen together once: in one message, in one row of a file, or tied explicitly by an alias. */
export interface Sighting {
  readonly identifiers: readonly Identifier[];
  readonly source: number;
  readonly message: string;
  readonly at: Date;
  readonly rule: SightingRule;
}

/** What is seen of a sighting at once: nearly all need no more, since what they show is known. */
export interface Glimpse {
  readonly identifiers: readonly Identifier[];
  readonly rule: SightingRule;
  /** The whole of it, made when somebody asks. */
  readonly sighting: Sighting;
}

/**
 * How far a kind of identifier is trusted (see contract/identity.ts).
 *
 * A certain one belongs to one person: two persons who show the same are one. A weak one (a browser, a tablet in a
 * shop) follows the person who was there first and never makes two known persons one.
 */
export type NamespaceRule = IdentityRule;
export type NamespaceRules = (namespace: string) => NamespaceRule;

/** The rules with a workspace's own ones over them; a whole namespace's rule goes before its kind's. */
export function rulesWith(own: readonly IdentityRule[]): NamespaceRules {
  const byKind = new Map([...defaultRules, ...own].map((rule) => [rule.kind, rule]));
  const [anyCertain, anyWeak] = [byKind.get(otherCertain.kind), byKind.get(otherWeak.kind)];
  const found = new Map<string, NamespaceRule>();
  return (namespace) => {
    const known = found.get(namespace);
    if (known !== undefined) return known;
    const kind = kindOf(namespace);
    const other = isTrace(kind) ? (anyWeak ?? otherWeak) : (anyCertain ?? otherCertain);
    const rule = byKind.get(namespace) ?? byKind.get(kind) ?? other;
    // Names of namespaces come from outside: more than this many are not kept.
    if (found.size < 10_000) found.set(namespace, rule);
    return rule;
  };
}

export const namespaceRules: NamespaceRules = rulesWith([]);

export const kindOf = (namespace: string): string => {
  const colon = namespace.indexOf(":");
  return colon < 0 ? namespace : namespace.slice(0, colon);
};
