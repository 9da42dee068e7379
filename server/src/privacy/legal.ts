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
  /** The node it was said at when this is a copy for another node of the same person; null: this very one. */
  readonly from: number | null;
}

type Standing = Pick<Consent, "purpose" | "state" | "at" | "channel" | "child">;

/**
 * Where a person stands, for each purpose (channel, child) ever spoken of. At one node the newest word counts; what is
 * said anew is kept at all nodes of the person (see people/consent.store.ts), so where nodes still differ two persons
 * became one, and the stricter word holds. Words of one node come oldest first.
 */
export function consentsOf(words: readonly ConsentWord[]): Consent[] {
  const newest = new Map<string, ConsentWord>();
  for (const word of ownWords(words)) newest.set(`${word.node}\n${about(word)}`, word);
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

/**
 * Without the yes that somebody said who has parted since: it was hers. Her no stays with both, unless she had taken it
 * back. A word is always kept at the node it was said at, so whoever has no such word here is somebody else.
 */
function ownWords(words: readonly ConsentWord[]): readonly ConsentWord[] {
  if (words.every(({ from }) => from === null)) return words;
  const here = new Set(words.flatMap(({ from, node }) => (from === null ? [node] : [])));
  const isGone = ({ from }: ConsentWord) => from !== null && !here.has(from);
  const keyOf = (word: ConsentWord) => `${word.node}\n${word.from}\n${about(word)}`;
  const last = new Map(words.filter(isGone).map((word) => [keyOf(word), word.state]));
  return words.filter((word) => !isGone(word) || last.get(keyOf(word)) === "withdrawn");
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
