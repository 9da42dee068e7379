import { sentenceOf } from "../../segments/sentence.ts";
import type { StepMeaning } from "../step.ts";

/** Who fits goes on. */
export const condition: StepMeaning<"condition"> = {
  take: (_step, { holds }) => {
    if (holds === undefined) return { next: "ask" };
    return holds ? { next: "on" } : { next: "exit", reason: "condition" };
  },
  asks: ({ where }) => where,
  says: () => null,
  sentence: ({ where }, { segments }) => {
    const words = sentenceOf(where, segments);
    return { zh: `只有符合的继续：${words.zh}`, en: `only who fits goes on: ${words.en}` };
  },
};
