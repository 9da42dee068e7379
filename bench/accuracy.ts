import { join } from "node:path";
import type { AccuracySet } from "./accuracy/accuracy-set.ts";
import { sets } from "./accuracy/sets.ts";
import type { Benchmark } from "./benchmark.ts";

const known: Readonly<Record<string, AccuracySet>> = sets;
const shared = join(import.meta.dirname, "../../shared/data");

/** accuracy [NAME…] [--test DIR]: one object per set, trained on ../shared/data and scored on DIR. */
export const accuracy: Benchmark = {
  summary: `${Object.keys(sets).join(", ")}: one object per set`,
  async run({ args, test = shared, say }) {
    const unknown = args.find((name) => known[name] === undefined);
    if (unknown !== undefined)
      throw new Error(`no set of that name: ${unknown} (${Object.keys(sets).join(", ")})`);
    const figures: Record<string, unknown> = {};
    for (const [name, set] of Object.entries(known)) {
      if (args.length > 0 && !args.includes(name)) continue;
      say(`${name} …`);
      const scored = await set.score({ train: shared, test, say });
      if (scored === null) say(`${name}: its files are not there; left out`);
      else figures[name] = scored;
    }
    return figures;
  },
};
