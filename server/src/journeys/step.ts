import type { Content } from "@stork/contract/campaigns.ts";
import type { Words } from "@stork/contract/common.ts";
import type { Step, StepKind } from "@stork/contract/journeys.ts";
import type { Condition } from "@stork/contract/segments.ts";
import type { SavedSegment } from "../segments/condition.ts";
import type { ExitReason } from "./reasons.ts";

export type StepOf<Kind extends StepKind> = Extract<Step, { kind: Kind }>;

/** How a run comes to a step. */
export interface Situation {
  /** It has rested here already, and the time has come. */
  readonly resting: boolean;
  /** The answer to what the step asks; undefined while nobody has answered. */
  readonly holds: boolean | undefined;
  readonly now: Date;
  readonly timeZone: string;
}

/** What comes of it. */
export type Taken =
  | { readonly next: "on" }
  | { readonly next: "send" }
  | { readonly next: "rest"; readonly until: Date }
  | { readonly next: "ask" }
  | { readonly next: "end" }
  | { readonly next: "exit"; readonly reason: ExitReason };

/** Names that sentences need. */
export interface Names {
  readonly segments: ReadonlyMap<string, SavedSegment>;
  readonly channels: ReadonlyMap<string, string>;
}

/** The questions that a kind of step answers. It does nothing itself. */
export interface StepMeaning<Kind extends StepKind> {
  take(step: StepOf<Kind>, situation: Situation): Taken;
  /** What has to be known of a person before. */
  asks(step: StepOf<Kind>): Condition | null;
  /** What it has to say, and through which channel. */
  says(step: StepOf<Kind>): { readonly channel: string; readonly content: Content } | null;
  sentence(step: StepOf<Kind>, names: Names): Words;
}
