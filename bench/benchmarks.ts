import type { Benchmark } from "./benchmark.ts";
import { ingest } from "./ingest.ts";
import { sixShops } from "./six-shops.ts";
import { start } from "./start.ts";

export const benchmarks = { start, ingest, "six-shops": sixShops } as const satisfies Record<
  string,
  Benchmark
>;
