import type { Consent, ConsentChannel, Purpose } from "@stork/contract/privacy.ts";

/** One word on consent, as kept at one of a person's nodes. */
export interface ConsentWord {
  readonly node: number;
  readonly purpose: Purpose;
  readonly state: Consent["state"];
  readonly by: string;
  readonly at: Date;
  /** null: every channel. */
  readonly channel: ConsentChannel | null;
  /** null: not about one child. */
  readonly child: number | null;
}

type Standing = Pick<Consent, "purpose" | "state" | "at" | "channel" | "child">;

/**
 * Where a person stands, for each purpose (channel, child) ever spoken of. At one node the newest word counts; what is
 * said anew is kept at all nodes of the person (see people/consent.store.ts), so where nodes still differ two persons
 * became one, and the stricter word holds. Words of one node come oldest first.
 */
export function consentsOf(words: readonly ConsentWord[]): Consent[] {
  const newest = new Map<string, ConsentWord>();
  for (const word of words) newest.set(`${word.node}\n${about(word)}`, word);
  const standing = new Map<string, ConsentWord>();
  for (const word of newest.values()) {
    const known = standing.get(about(word));
    if (known === undefined || outweighs(word, known)) standing.set(about(word), word);
  }
  return [...standing.values()].map(({ purpose, state, by, at, channel, child }) => ({
    ...{ purpose, state, by, at: at.toISOString() },
    ...(channel === null ? {} : { channel }),
    ...(child === null ? {} : { child: String(child) }),
  }));
}

const about = ({ purpose, channel, child }: ConsentWord): string => `${purpose}\n${channel}\n${child}`;

function outweighs(word: ConsentWord, known: ConsentWord): boolean {
  if (word.state !== known.state) return word.state === "withdrawn";
  return word.at > known.at;
}

/**
 * The state for one use, from all that stands: a no to the purpose, or to this channel, or to this child, is a no
 * unless the narrower word is newer and a yes. "none": nobody has said anything that bears on it.
 */
export function stateFor(
  consents: readonly Standing[],
  purpose: Purpose,
  use: { channel?: ConsentChannel | null; child?: string | null } = {},
): "granted" | "withdrawn" | "none" {
  const own = consents.filter((one) => one.purpose === purpose);
  const general = own.find((one) => one.channel === undefined && one.child === undefined);
  const narrower = own.filter(
    (one) =>
      (one.channel !== undefined && one.channel === use.channel) ||
      (one.child !== undefined && one.child === use.child),
  );
  if (narrower.some(({ state }) => state === "withdrawn")) return "withdrawn";
  const yes = narrower.find(({ state }) => state === "granted");
  if (yes !== undefined && !(general?.state === "withdrawn" && general.at >= yes.at)) return "granted";
  return general?.state ?? "none";
}
