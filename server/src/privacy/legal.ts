import type { Consent, Purpose } from "@stork/contract/people.ts";

/** One word on consent, as kept at one of a person's nodes. */
export interface ConsentWord {
  readonly node: number;
  readonly purpose: Purpose;
  readonly state: Consent["state"];
  readonly by: string;
  readonly at: Date;
}

/**
 * Where a person stands, for each purpose ever spoken of. At one node the newest word counts; what is said anew is kept
 * at all nodes of the person (see people/consent.store.ts), so where nodes still differ two persons became one, and
 * the stricter word holds. Words of one node come oldest first.
 */
export function consentsOf(words: readonly ConsentWord[]): Consent[] {
  const newest = new Map<string, ConsentWord>();
  for (const word of words) newest.set(`${word.node}\n${word.purpose}`, word);
  const standing = new Map<Purpose, ConsentWord>();
  for (const word of newest.values()) {
    const known = standing.get(word.purpose);
    if (known === undefined || outweighs(word, known)) standing.set(word.purpose, word);
  }
  return [...standing.values()].map(({ purpose, state, by, at }) => ({
    purpose,
    state,
    by,
    at: at.toISOString(),
  }));
}

function outweighs(word: ConsentWord, known: ConsentWord): boolean {
  if (word.state !== known.state) return word.state === "withdrawn";
  return word.at > known.at;
}
