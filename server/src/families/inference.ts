/** What others may ask of whoever guesses ages; see inference-keeper.store.ts. */
import type { Place } from "./inference-place.ts";
import type { Answer, Ask } from "./inference-work.ts";

/** The server stops: the question is put down, and asked again after the next start. */
export interface Stopped {
  readonly stopped: true;
}

export interface Inference {
  /** Looks at what these persons bought and replaces what is guessed of their children; false when told to stop first. */
  guess(workspace: Place, persons: readonly number[]): Promise<boolean>;
  ask(ask: Ask): Promise<Answer | Stopped>;
  isStopped(): boolean;
}
