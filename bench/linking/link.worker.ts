import { parentPort, workerData } from "node:worker_threads";
import type { Blocks, Stretch } from "../../models/linking/blocking.ts";
import { hashOfText } from "../../models/linking/column.ts";
import type { Records } from "../../models/linking/comparison.ts";
import { countPatterns } from "../../models/linking/fit.ts";
import type { LinkModel } from "../../models/linking/model.ts";
import { type WeighedPairs, weighPairs } from "../../models/linking/pairs.ts";
import type { Patterns } from "../../models/linking/patterns.ts";
import { blockingRules, blockKeys } from "../../server/src/linking/block-keys.ts";
import { chineseKnowing } from "../../server/src/linking/knowing.ts";
import { comparisons, preparedFrom, type Told } from "../../server/src/linking/told.ts";
import { recordsOfFamily } from "./families.ts";

/** What a thread is asked, one thing at a time. */
export type LinkOrder =
  | { kind: "make"; count: number }
  | { kind: "prepare" }
  | { kind: "share"; records: Records; rules: readonly Blocks[] }
  | { kind: "count"; stretches: readonly Stretch[] }
  | { kind: "weigh"; model: LinkModel; stretches: readonly Stretch[]; least: number };

/** One shard made ready: texts end to end and their lengths, field by field; keys rule by rule. */
export interface Prepared {
  units: Uint16Array[];
  lengths: Uint16Array[];
  keys: Uint32Array[];
}

export interface LinkAnswers {
  make: Float64Array;
  prepare: Prepared;
  share: null;
  count: Patterns;
  weigh: WeighedPairs & { compared: number };
}

const { seed, thread, threads } = workerData as { seed: number; thread: number; threads: number };
let told: Told[] = [];
let shared: { records: Records; rules: readonly Blocks[] } | null = null;

const answers: { [Kind in LinkOrder["kind"]]: (order: LinkOrder & { kind: Kind }) => LinkAnswers[Kind] } = {
  make({ count }) {
    const persons = new Float64Array(count);
    told = [];
    for (let family = thread; told.length < count; family += threads)
      for (const record of recordsOfFamily(seed, family)) {
        if (told.length === count) break;
        persons[told.length] = record.person;
        told.push(record.told);
      }
    return persons;
  },
  prepare,
  share({ records, rules }) {
    shared = { records, rules };
    return null;
  },
  count({ stretches }) {
    const { records, rules } = theirs();
    return countPatterns(comparisons, records, rules, stretches);
  },
  weigh({ model, stretches, least }) {
    const { records, rules } = theirs();
    return weighPairs(model, records, rules, stretches, least);
  },
};

function theirs() {
  if (shared === null) throw new Error("the records come first");
  return shared;
}

function prepare(): Prepared {
  const knowing = chineseKnowing();
  const keys = blockingRules.map(() => new Uint32Array(told.length));
  const texts = told.map((one, i) => {
    const prepared = preparedFrom(one, knowing);
    for (const [rule, found] of blockKeys(prepared).entries()) {
      const [key] = found;
      if (key !== undefined) (keys[rule] as Uint32Array)[i] = hashOfText(key, rule);
    }
    return prepared;
  });
  told = [];
  const lengths = comparisons.map((_, field) => Uint16Array.from(texts, (each) => each[field]?.length ?? 0));
  const units = comparisons.map((_, field) => unitsOf(texts, field, lengths[field] as Uint16Array));
  return { units, lengths, keys };
}

function unitsOf(texts: readonly string[][], field: number, lengths: Uint16Array): Uint16Array {
  const units = new Uint16Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  for (const each of texts) {
    const text = each[field] ?? "";
    for (let i = 0; i < text.length; i++) units[at++] = text.charCodeAt(i);
  }
  return units;
}

parentPort?.on("message", (order: LinkOrder) => {
  parentPort?.postMessage(answers[order.kind](order as never));
});
