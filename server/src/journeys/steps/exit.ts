import type { StepMeaning } from "../step.ts";

/** The end. */
export const exit: StepMeaning<"exit"> = {
  take: () => ({ next: "end" }),
  asks: () => null,
  says: () => null,
  sentence: () => ({ zh: "旅程到此结束", en: "the journey ends here" }),
};
