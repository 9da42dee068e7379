/**
 * An address as it is compared: without spaces, marks and width. null where it names no door (a district alone, a masked
 * one), since thousands share that.
 */
export function comparableAddress(value: unknown): string | null {
  const text = typeof value === "string" ? value : fieldsOf(value);
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^中国/, "")
    .replaceAll(/[\s,，.。;；:：、·\-—_()（）[\]【】#"'“”/\\]/g, "");
  if (plain.length < 10 || plain.length > 200 || plain.includes("*")) return null;
  const hasPlace = /[省市区县州旗]/.test(plain);
  return hasPlace && /\d|[一二三四五六七八九十]+(号|栋|幢|室)/.test(plain) ? plain : null;
}

function fieldsOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return "";
  const fields = value as Record<string, unknown>;
  const order = [
    "province",
    "省",
    "state",
    "city",
    "市",
    "district",
    "区",
    "county",
    "县",
    "street",
    "address",
    "地址",
    "detail",
    "line1",
    "line2",
  ];
  return order
    .map((name) => fields[name])
    .filter((part) => typeof part === "string")
    .join("");
}

/** A household's number as it is compared. null for what stands where there is none. */
export function comparableNumber(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const plain = String(value).normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
  const isNone = /^(?:0*|[-–—/]+|无|暂无|没有|none|null|n\/?a|nan|undefined|未知|unknown)$/.test(plain);
  return isNone || plain.length > 100 || plain.includes("*") ? null : plain;
}

/** More persons than this at one sign are a shop, a dormitory, a pick-up point. */
export const mostAtOneSign = 6;

export type SignKind = keyof typeof weight;

export interface SharedSign {
  readonly kind: SignKind;
  readonly persons: readonly number[];
}

export interface HouseholdPair {
  readonly a: number;
  readonly b: number;
  readonly score: number;
  readonly evidence: { readonly signs: string[]; readonly persons: number };
}

/**
 * How much one sign says for a household. Fixed by hand: a question to staff, not a decision. A number is the sender's
 * own word that two are one household.
 */
const weight = { address: 0.5, child: 0.7, number: 0.9 } as const;

/** Pairs worth asking about: the first person of each sign with each other one; several signs add up. */
export function householdPairs(signs: readonly SharedSign[]): HouseholdPair[] {
  const pairs = new Map<string, { a: number; b: number; kinds: Set<SharedSign["kind"]>; persons: number }>();
  for (const { kind, persons } of signs) {
    const [first, ...others] = [...new Set(persons)].sort((one, other) => one - other);
    if (first === undefined || others.length + 1 > mostAtOneSign) continue;
    for (const other of others) {
      const key = `${first} ${other}`;
      const known = pairs.get(key) ?? { a: first, b: other, kinds: new Set(), persons: 0 };
      known.kinds.add(kind);
      known.persons = Math.max(known.persons, others.length + 1);
      pairs.set(key, known);
    }
  }
  return [...pairs.values()].map(({ a, b, kinds, persons }) => ({
    ...{ a, b },
    score: Math.round((1 - [...kinds].reduce((rest, kind) => rest * (1 - weight[kind]), 1)) * 100) / 100,
    evidence: { signs: [...kinds].sort(), persons },
  }));
}
