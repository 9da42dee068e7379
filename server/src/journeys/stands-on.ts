import type { Definition } from "@stork/contract/journeys.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { entryMeaning } from "./entries.ts";
import { stepMeaning } from "./steps.ts";

/** Everything a journey asks of anybody: when they come in, and at its steps. What it stands on is what these mention. */
export const conditionsOf = ({ entry, steps }: Pick<Definition, "entry" | "steps">): Condition[] =>
  [entryMeaning(entry).asks(entry), ...steps.map((step) => stepMeaning(step).asks(step))].filter(
    (asked) => asked !== null,
  );
