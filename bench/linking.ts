import { agreementOf } from "../models/linking/agreement.ts";
import { type Blocks, blocksOf, type Stretch, stretchesOf } from "../models/linking/blocking.ts";
import { clustersOf } from "../models/linking/clusters.ts";
import { hashOf, occurrencesOf } from "../models/linking/column.ts";
import type { Records } from "../models/linking/comparison.ts";
import { levelsOf } from "../models/linking/comparison.ts";
import { fitModel } from "../models/linking/fit.ts";
import { defaultMean } from "../models/linking/link.ts";
import { scorerOf } from "../models/linking/model.ts";
import { heaviestFirst } from "../models/linking/pairs.ts";
import { PatternCounter } from "../models/linking/patterns.ts";
import { randomLevels } from "../models/linking/random-pairs.ts";
import { comparisons } from "../server/src/linking/told.ts";
import type { Benchmark } from "./benchmark.ts";
import type { Prepared } from "./linking/link.worker.ts";
import { peakOf } from "./linking/peak.ts";
import { startThreads, type Threads } from "./linking/threads.ts";
import { cpuSeconds } from "./processes.ts";

const sizes = { small: 50_000, full: 1_000_000 };
const seed = 20_261_122;
/** Levels are counted for about so many pairs before the model is fitted. */
const sampled = 2_000_000;

/**
 * Records of families without a shared identifier, as forms, shops and counters have them: from their raw texts in
 * memory to persons, on `threads` threads (2). The same seed gives the same records and the same persons.
 */
export const linking: Benchmark = {
  summary: "records, seconds, peakMb, cpuSeconds, precision, recall, ratio to every pair compared",
  async run({ scale, args, say }) {
    const count = Number(args[0] ?? sizes[scale]);
    const threads = Number(args[1] ?? 2);
    const pool = startThreads(threads, seed);
    try {
      say(`${count} records are made …`);
      const shares = Array.from({ length: threads }, (_, i) => Math.floor((count + i) / threads));
      const truth = (
        await pool.all(shares.map((share) => ({ kind: "make" as const, count: share })))
      ).flatMap((each) => [...each]);
      const peak = peakOf(process.pid);
      const cpu = cpuSeconds(process.pid);
      const began = performance.now();
      const linked = await link(pool, (line) => say(`${seconds(began).toFixed(1)} s  ${line}`));
      const took = seconds(began);
      const agreement = agreementOf(truth, linked.persons);
      const perPair = linked.weighCpuSeconds / linked.compared;
      return {
        ...{ records: count, threads, seconds: rounded(took), peakMb: peak.end() },
        cpuSeconds: rounded(cpuSeconds(process.pid) - cpu),
        ...{ compared: linked.compared, matches: linked.pairs, rounds: linked.rounds },
        precision: rounded(agreement.precision, 4),
        recall: rounded(agreement.recall, 4),
        /** Every pair at the same cost a pair, against what blocking left. */
        everyPairSeconds: Math.round((perPair * count * (count - 1)) / 2),
        ratio: Math.round((count * (count - 1)) / 2 / linked.compared),
      };
    } finally {
      await pool.close();
    }
  },
};

const seconds = (since: number): number => (performance.now() - since) / 1000;
const rounded = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

async function link(pool: Threads, say: (line: string) => void) {
  const parts = await pool.all(pool.names.map(() => ({ kind: "prepare" as const })));
  say("texts are ready");
  const records = recordsOf(parts);
  const rules = rulesOf(parts, records);
  parts.length = 0;
  await pool.all(pool.names.map(() => ({ kind: "share" as const, records, rules })));
  const stretches = stretchesOf(rules, 50_000);
  say(`${rules.length} blocking rules, ${stretches.length} stretches`);
  const model = await fit(pool, records, stretches);
  say(`model: λ ${model.lambda.toExponential(2)} after ${model.trained.rounds} rounds`);
  const cpu = cpuSeconds(process.pid);
  const weighed = await pool.each(
    batchesOf(stretches, 8).map((some) => ({ kind: "weigh" as const, model, stretches: some, least: 0 })),
  );
  const weighCpuSeconds = cpuSeconds(process.pid) - cpu;
  const compared = weighed.reduce((sum, each) => sum + each.compared, 0);
  say(`${compared} pairs compared`);
  const pairs = heaviestFirst(weighed);
  const { weight } = scorerOf(model, records);
  const persons = clustersOf(records.count, pairs, { least: 0, leastMean: defaultMean, weight });
  say(`${pairs.weight.length} pairs joined`);
  return { persons, compared, weighCpuSeconds, pairs: pairs.weight.length, rounds: model.trained.rounds };
}

/** The threads' texts as columns that all of them see. */
function recordsOf(parts: readonly Prepared[]): Records {
  const columns = comparisons.map((_, field) => {
    const lengths = parts.map((part) => part.lengths[field] as Uint16Array);
    const count = lengths.reduce((sum, each) => sum + each.length, 0);
    const starts = new Int32Array(new SharedArrayBuffer(4 * (count + 1)));
    let record = 0;
    for (const each of lengths)
      for (const length of each) {
        starts[record + 1] = (starts[record] as number) + length;
        record++;
      }
    const units = new Uint16Array(new SharedArrayBuffer(2 * (starts[count] as number)));
    let at = 0;
    for (const part of parts) {
      units.set(part.units[field] as Uint16Array, at);
      at += (part.units[field] as Uint16Array).length;
    }
    return { units, starts };
  });
  const occurrences = comparisons.map((each, i) =>
    "byFrequency" in each ? occurrencesOf(columns[i] as (typeof columns)[number], true) : null,
  );
  return { count: (columns[0]?.starts.length ?? 1) - 1, columns, occurrences };
}

function rulesOf(parts: readonly Prepared[], { count, columns }: Records): Blocks[] {
  // Within a block that is too large, records with one name stand side by side.
  const within = new Uint32Array(count);
  const [names] = columns;
  if (names)
    for (let i = 0; i < count; i++)
      within[i] = hashOf(names.units, names.starts[i] as number, names.starts[i + 1] as number);
  return (parts[0]?.keys ?? []).map((_, rule) => {
    const keys = new Uint32Array(new SharedArrayBuffer(4 * count));
    let at = 0;
    for (const part of parts) {
      keys.set(part.keys[rule] as Uint32Array, at);
      at += (part.keys[rule] as Uint32Array).length;
    }
    return blocksOf(keys, { most: 60, window: 8, within, shared: true });
  });
}

async function fit(pool: Threads, records: Records, stretches: readonly Stretch[]) {
  const oneIn = Math.max(1, Math.floor((stretches.length * 50_000) / sampled));
  const some = stretches.filter((_, i) => i % oneIn === 0);
  const counted = await pool.each(
    batchesOf(some, 8).map((each) => ({ kind: "count" as const, stretches: each })),
  );
  const counter = new PatternCounter(comparisons.map((each) => levelsOf(each).length));
  for (const each of counted) counter.addAll(each);
  const random = randomLevels(comparisons, records, { seed, pairs: 1_000_000 });
  return fitModel(comparisons, records, { patterns: counter.patterns(), oneIn }, random);
}

const batchesOf = (stretches: readonly Stretch[], size: number): Stretch[][] =>
  Array.from({ length: Math.ceil(stretches.length / size) }, (_, i) =>
    stretches.slice(i * size, (i + 1) * size),
  );
