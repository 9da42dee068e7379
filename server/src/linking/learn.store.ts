import type { LinkModel } from "@stork/models/linking/model.ts";
import { builtInModel } from "./built-in.ts";
import { findCandidates, findSample, type Pair } from "./link-keys.store.ts";
import { findModel, type KeptModel, keepModel } from "./model.store.ts";
import { isOfPersons } from "./of-one.ts";
import type { Among } from "./order.ts";
import type { RunDeps } from "./run-deps.ts";
import type { LinkThread } from "./thread.client.ts";
import { findWords } from "./words.store.ts";

/** Persons whose pairs the model is learned from. */
const sampled = 4_000;
/**
 * With fewer, or fewer matches expected among them, the shipped figures are better than what could be learned; and so they
 * are where households were learned in place of persons.
 */
const leastPersons = 1_000;
const leastMatches = 50;
/** Learned anew when there are so many more persons. */
const growth = 1.3;

/** The workspace's model: the last one, or a new one when there are many more persons than it was learned from. */
export async function currentModel(
  { db, clock }: RunDeps,
  workspace: number,
  thread: LinkThread,
): Promise<KeptModel> {
  const known = await findModel(db, workspace);
  const { total, persons } = await findSample(db, workspace, sampled);
  if (known !== null && total < known.persons * growth + 100 && !(known.builtIn && total >= 2 * leastPersons))
    return known;
  const pairs = await findCandidates(db, workspace, persons);
  const among = await amongOf({ db }, workspace, persons, pairs);
  const share = Math.min(1, persons.length / Math.max(1, total));
  const learned =
    persons.length < leastPersons || pairs.length === 0
      ? null
      : await thread.ask({
          ...{ ask: "learn", among, sampled: persons.length, total, seed: 1 },
          // A pair is among them when one of the two is in the sample.
          oneIn: 1 / (1 - (1 - share) ** 2),
        });
  const builtIn = learned === null || matchesOf(learned) < leastMatches || !isOfPersons(learned);
  const model = builtIn ? builtInModel(total) : learned;
  const kept = { builtIn, persons: total, pairs: pairs.length, model, learnedAt: clock.now() };
  return { ...kept, version: await keepModel(db, workspace, kept) };
}

const matchesOf = ({ lambda, trained }: LinkModel): number => lambda * trained.pairs;

/** The pairs with all that their persons told: these first, in their order, then those they are compared with. */
export async function amongOf(
  { db }: Pick<RunDeps, "db">,
  workspace: number,
  first: readonly number[],
  pairs: readonly Pair[],
): Promise<Among> {
  const persons = [...new Set([...first, ...pairs.flatMap(({ a, b }) => [a, b])])];
  const places = new Map(persons.map((person, i) => [person, i]));
  const place = (person: number) => places.get(person) as number;
  return {
    persons,
    words: await findWords(db, workspace, persons),
    first: Int32Array.from(pairs, ({ a }) => place(a)),
    second: Int32Array.from(pairs, ({ b }) => place(b)),
  };
}
