/** What identifies: phone 13812345678, member:tmall 1001, openid:mini-program oAbC… */
export interface Identifier {
  readonly namespace: string;
  readonly value: string;
}

export type SightingRule = "same-message" | "alias" | "same-row";

/** Identifiers seen together once: in one message, in one row of a file, or tied explicitly by an alias. */
export interface Sighting {
  readonly identifiers: readonly Identifier[];
  readonly source: number;
  readonly message: string;
  readonly at: Date;
  readonly rule: SightingRule;
}

/**
 * How far a kind of identifier is trusted.
 *
 * A certain one belongs to one person: two persons who show the same are one. A weak one (a browser, a tablet in a
 * shop) follows the person who was there first and never makes two known persons one.
 */
export interface NamespaceRule {
  readonly strength: "certain" | "weak";
  /** How many values of it one person may have before a join is left for review; a store's own phone stops here. */
  readonly mostPerPerson: number;
  /** Values of different sources are counted apart: two shops may both call somebody 42. */
  readonly perSource: boolean;
  /** Which identifier a fact is kept under when it arrives with several; the smallest wins. */
  readonly rank: number;
}

export type NamespaceRules = (namespace: string) => NamespaceRule;

const certain = (rank: number, mostPerPerson: number, perSource = false): NamespaceRule => ({
  strength: "certain",
  mostPerPerson,
  perSource,
  rank,
});
const weak = (rank: number): NamespaceRule => ({
  strength: "weak",
  mostPerPerson: 64,
  perSource: false,
  rank,
});

/** By the namespace's kind, the part before the colon. */
const byKind: Readonly<Record<string, NamespaceRule>> = {
  user: certain(0, 1, true),
  member: certain(1, 2),
  unionid: certain(2, 1),
  openid: certain(3, 2),
  taobao: certain(4, 2),
  phone: certain(6, 4),
  email: certain(7, 4),
  anonymous: weak(8),
  device: weak(9),
};
/** Others are named by whoever sends them: a customer's number in some system, or a trace of a device by its name. */
const otherCertain = certain(5, 2);
const otherWeak = weak(8);
const traces =
  /device|cookie|session|browser|client|fingerprint|anonymous|visitor|install|idf[av]|oaid|imei|gaid|adid|android|ios|mac|^ip$|^ga/;

export const namespaceRules: NamespaceRules = (namespace) => {
  const kind = kindOf(namespace);
  return byKind[kind] ?? (traces.test(kind) ? otherWeak : otherCertain);
};

/** No person has more nodes than this; a join beyond is left for review. */
export const mostNodesPerPerson = 200;

export const kindOf = (namespace: string): string => {
  const colon = namespace.indexOf(":");
  return colon < 0 ? namespace : namespace.slice(0, colon);
};
