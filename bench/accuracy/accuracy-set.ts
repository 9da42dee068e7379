/** One set of labelled data: what it trains on and what it is asked about. */
export interface AccuracySet {
  summary: string;
  /**
   * `train` and `test` are folders laid out as ../shared/data; where they are the same one, the set splits it itself.
   * Null: the files are not there.
   */
  score(ask: AccuracyAsk): Promise<Readonly<Record<string, unknown>> | null>;
}

export interface AccuracyAsk {
  train: string;
  test: string;
  /** A line for whoever waits; on standard error. */
  say(line: string): void;
}
