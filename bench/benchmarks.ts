import { accuracy } from "./accuracy.ts";
import type { Benchmark } from "./benchmark.ts";
import { identity } from "./identity.ts";
import { importing } from "./import.ts";
import { ingest } from "./ingest.ts";
import { linking } from "./linking.ts";
import { quality } from "./quality.ts";
import { sixShops } from "./six-shops.ts";
import { start } from "./start.ts";

export const benchmarks = {
  start,
  ingest,
  import: importing,
  identity,
  quality,
  "six-shops": sixShops,
  linking,
  accuracy,
} as const satisfies Record<string, Benchmark>;
