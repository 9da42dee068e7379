/** What others may ask of whoever guesses ages; see inference-keeper.store.ts. */
import type { Place } from "./inference-place.ts";
import type { Answer, Ask } from "./inference-work.ts";

export interface Inference {
  /** Looks at what these persons bought and replaces what is guessed of their children. */
  guess(workspace: Place, persons: readonly number[]): Promise<void>;
  ask(ask: Ask): Promise<Answer>;
}
