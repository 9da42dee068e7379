import { parentPort } from "node:worker_threads";
import { between, columnOf } from "@stork/models/linking/column.ts";
import type { Records } from "@stork/models/linking/comparison.ts";
import { recordsFrom } from "@stork/models/linking/comparison.ts";
import { fitModel, patternsOf } from "@stork/models/linking/fit.ts";
import { scorerOf } from "@stork/models/linking/model.ts";
import { randomLevels } from "@stork/models/linking/random-pairs.ts";
import { keyedHasher } from "../platform/crypto.ts";
import { createSealer } from "../platform/data-keys.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";
import { blockKeys } from "./block-keys.ts";
import { chineseKnowing } from "./knowing.ts";
import { speaksOfOne } from "./of-one.ts";
import {
  type Among,
  type Answer,
  type Answers,
  type KeyRow,
  nameRule,
  type Order,
  type Ordered,
  type Word,
} from "./order.ts";
import { comparisons, preparedFrom } from "./told.ts";
import { toldFrom } from "./told-from.ts";

/** The thread in which names, phones and addresses are open, for as long as they are compared. */
const knowing = chineseKnowing();

/** Each person's fields, ready for comparing, in the order of `persons`. */
function prepare(persons: readonly number[], words: readonly Word[], keys: WorkspaceKeys): string[][] {
  const sealer = createSealer(keys.dataKeys.map((each) => ({ ...each, key: Buffer.from(each.key) })));
  const byPerson = Map.groupBy(words, ({ person }) => person);
  return persons.map((person) => {
    const opened = (byPerson.get(person) ?? []).map(({ key, sealed, clear }) => ({
      ...{
        key,
        value: sealed === null ? clear : readValue(sealer.open(Buffer.from(sealed)).toString("utf8")),
      },
    }));
    return preparedFrom(toldFrom(opened), knowing);
  });
}

/** Traits are kept as JSON, identifiers as they are. */
function readValue(text: string): unknown {
  if (!/^["{[]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const recordsOf = (prepared: readonly string[][]): Records =>
  recordsFrom(
    comparisons,
    comparisons.map((_, field) => columnOf(prepared.map((each) => each[field] ?? ""))),
  );

const eachOf =
  ({ first, second }: Among) =>
  (visit: (a: number, b: number) => void) => {
    for (let i = 0; i < first.length; i++) visit(first[i] as number, second[i] as number);
  };

type Do = { [Ask in Order["ask"]]: (order: Ordered & { ask: Ask }) => Answers[Ask] };

const answers: Do = {
  index({ persons, words, keys }) {
    const hash = keyedHasher(Buffer.from(keys.hash), keys.digest);
    const rows: KeyRow[] = [];
    for (const [i, prepared] of prepare(persons, words, keys).entries()) {
      const names = (prepared[0] ?? "").split(between).filter((name) => name !== "");
      const rules: (readonly [number, readonly string[]])[] = [
        ...blockKeys(prepared).entries(),
        [nameRule, names],
      ];
      for (const [rule, texts] of rules)
        for (const text of new Set(texts)) {
          const bits = BigInt.asIntN(64, BigInt(`0x${hash(`link:${rule}\n${text}`).slice(0, 16)}`));
          rows.push({ person: persons[i] as number, rule, key: String(bits) });
        }
    }
    return rows;
  },
  learn({ among, sampled, total, oneIn, seed, keys }) {
    const records = recordsOf(prepare(among.persons, among.words, keys));
    const patterns = patternsOf(comparisons, records, eachOf(among));
    const random = randomLevels(comparisons, { ...records, count: sampled }, { seed, pairs: 300_000 });
    return fitModel(comparisons, { count: total }, { patterns, oneIn }, random);
  },
  weigh({ among, commonness, total, model, least, keys }) {
    const records = recordsOf(prepare(among.persons, among.words, keys));
    const occurrences = comparisons.map((each) => ("byFrequency" in each ? commonness : null));
    const scorer = scorerOf(model, { ...records, occurrences, count: total });
    const found: Answers["weigh"] = [];
    eachOf(among)((a, b) => {
      const { priorBits, steps, weight, chance } = scorer.explain(a, b);
      if (chance < least || !speaksOfOne(steps)) return;
      const evidence = {
        priorBits,
        steps: steps as Answers["weigh"][number]["evidence"]["steps"],
        weight,
        chance,
      };
      found.push({ a: among.persons[a] as number, b: among.persons[b] as number, evidence });
    });
    return found;
  },
};

parentPort?.on("message", (order: Ordered) => {
  let reply: Answer;
  try {
    reply = { done: answers[order.ask](order as never) } as Answer;
  } catch (error) {
    // The message may hold what was opened: its name alone leaves.
    reply = { failed: (error as Error).name };
  }
  parentPort?.postMessage(reply);
});
