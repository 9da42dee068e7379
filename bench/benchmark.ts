export interface Ask {
  scale: "small" | "full";
  /** What stands after the name. */
  args: readonly string[];
  /** Of --test: a folder with data never seen before. */
  test?: string | undefined;
  /** A line for whoever waits; on standard error. */
  say(line: string): void;
}

/** A benchmark: figures with the names of the design's list. One that compares measures both sides in the same run. */
export interface Benchmark {
  summary: string;
  /** It measures rooms of the server in its own process, which is then to run as the server does. */
  asServer?: boolean;
  run(ask: Ask): Promise<Readonly<Record<string, unknown>>>;
}
