import type { Benchmark } from "./benchmark.ts";
import { ingest } from "./ingest.ts";
import { start } from "./start.ts";

export const benchmarks = { start, ingest } as const satisfies Record<string, Benchmark>;
