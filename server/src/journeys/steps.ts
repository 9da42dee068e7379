import type { Step, StepKind } from "@stork/contract/journeys.ts";
import type { StepMeaning } from "./step.ts";
import { condition } from "./steps/condition.ts";
import { exit } from "./steps/exit.ts";
import { message } from "./steps/message.ts";
import { wait } from "./steps/wait.ts";

/** Every kind of step. */
export const steps = { wait, message, condition, exit } satisfies { [K in StepKind]: StepMeaning<K> };

/** So that nobody else need know the kind. */
export const stepMeaning = (step: Step): StepMeaning<StepKind> => steps[step.kind] as StepMeaning<StepKind>;
