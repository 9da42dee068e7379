import type { Benchmark } from "./benchmark.ts";
import { start } from "./start.ts";

export const benchmarks = { start } as const satisfies Record<string, Benchmark>;
