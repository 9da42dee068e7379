import type { ParseArgsOptionsConfig } from "node:util";
import type { Words } from "@stork/contract/common.ts";
import type { Config } from "../platform/config.ts";
import type { Api } from "./api.ts";

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** How a command shows its work: sentences and a progress bar on standard error, the result on standard output. */
export interface Voice {
  say(line: string): void;
  /** Draws or redraws the bar; `done` of `total`, with a note such as a count. */
  progress(label: string, done: number, total: number, note?: string): void;
}

export interface Context {
  config: Config;
  args: readonly string[];
  options: Options;
  voice: Voice;
  /** The API of the server on this data folder: the running one, or else one opened for this command alone. */
  api(): Promise<Api>;
  /** The server that runs on the data folder now, which may be another than a moment ago; null: none does. */
  running(): Api | null;
}

/** What a command answers: one JSON object with --json, the lines otherwise. */
export interface Result {
  json: object;
  lines: readonly string[];
  /** Of the process; 0 when left out. */
  exitCode?: number;
}

/** The questions a command answers; to add one, write its file and name it in commands.ts. */
export interface Command {
  /** After the command's name, e.g. "PRESET FILES… --workspace W". */
  usage: string;
  summary: Words;
  options: ParseArgsOptionsConfig;
  /** How many words without a dash it takes. */
  arguments: { least: number; most: number };
  run(context: Context): Promise<Result>;
}
