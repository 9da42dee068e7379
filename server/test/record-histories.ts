import fc from "fast-check";
import type { Records } from "../src/records/records.store.ts";
import { buyer, now, order } from "./stated-orders.ts";

const statement = fc.record({
  key: fc.constantFrom("K1", "K2"),
  changedAt: fc.integer({ min: 1, max: 5 }),
  amount: fc.integer({ min: 1, max: 3 }),
  month: fc.integer({ min: 1, max: 3 }),
  buyer: fc.constantFrom("甲", "乙"),
  import: fc.integer({ min: 0, max: 2 }),
});
type Statement = typeof statement extends fc.Arbitrary<infer S> ? S : never;
const undoing = fc.record({ undo: fc.integer({ min: 1, max: 2 }) });
/** Orders said in batches by three imports, of which some are taken back in between. */
export const history = fc.array(
  fc.oneof({ weight: 6, arbitrary: fc.array(statement, { minLength: 1, maxLength: 3 }) }, undoing),
  {
    minLength: 1,
    maxLength: 6,
  },
);

export interface Kept {
  said: Statement;
  import: number;
  at: number;
}

type Step = typeof history extends fc.Arbitrary<(infer S)[]> ? S : never;

/** Says and takes back what a history tells; answers what was said and still stands. */
export async function play(records: Records, workspace: number, steps: readonly Step[]): Promise<Kept[]> {
  const kept: Kept[] = [];
  let received = now;
  let salt = 0;
  for (const step of steps) {
    received += 1000;
    if ("undo" in step) {
      // An import is undone once; what comes later is another import.
      await records.undo(workspace, step.undo + salt);
      for (let i = kept.length - 1; i >= 0; i -= 1)
        if (kept[i]!.import === step.undo + salt) kept.splice(i, 1);
      salt += 10;
      continue;
    }
    for (const said of step) {
      const importId = said.import === 0 ? 0 : said.import + salt;
      received += 10;
      kept.push({ said, import: importId, at: received });
      const stated = order({
        ...{ order: said.key, amount: said.amount, identifiers: buyer(said.buyer) },
        paidAt: `2026-0${said.month}-15`,
        changedAt: `2026-05-0${said.changedAt}`,
      });
      await records.commit({ workspace, source: 7, import: importId, received }, [stated]);
    }
  }
  return kept;
}

/** What counts, in memory: the newest by changed counts, then the one said last. */
export function newestOf(kept: readonly Kept[]): string[] {
  return ["K1", "K2"].flatMap((key) => {
    const mine = kept.filter(({ said }) => said.key === key);
    // A word said again word for word is no later word.
    const first = mine.filter((one, i) => !mine.slice(0, i).some((other) => same(other.said, one.said)));
    const [newest] = first.sort((a, b) => b.said.changedAt - a.said.changedAt || b.at - a.at);
    return newest === undefined ? [] : [`2026-0${newest.said.month} ${newest.said.amount}00`];
  });
}

function same(a: Statement, b: Statement): boolean {
  return a.changedAt === b.changedAt && a.amount === b.amount && a.month === b.month && a.buyer === b.buyer;
}
