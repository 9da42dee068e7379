import type { Stopped } from "@stork/contract/privacy.ts";
import type { Quiet, QuietParts } from "./quiet.store.ts";

/** What this room's routes are built from; the functions are later rooms' answers, handed in by house/privacy.ts. */
export interface PrivacyParts extends QuietParts {
  readonly quiet: Quiet;
  /** Where readers of a message reach this server. */
  publicUrl(): string;
  /** The person who holds an identifier written NAMESPACE:VALUE; null: nobody. */
  findHolder(workspace: number, identifier: string): Promise<number | null>;
  /** Names what said something: a source by its name. */
  whoSaid(workspace: number, codes: readonly string[]): Promise<(code: string) => string>;
  /** Segments that these persons left because of it. */
  leftSegments(workspace: number, nodes: readonly number[], since: Date): Promise<Stopped[]>;
}
