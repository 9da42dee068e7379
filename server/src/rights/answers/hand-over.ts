import type { Answer } from "../answer.ts";

/** What was handed over before is all there is to do; the step that did it is in the proof. */
const handedOver = (words: Answer["words"]): Answer => ({
  words,
  handsOver: true,
  carryOut: async () => ({ state: "done", detail: {} }),
});

export const access = handedOver({ zh: "查阅", en: "See what is held" });
export const copy = handedOver({ zh: "复制与转移", en: "A copy" });
export const explain = handedOver({ zh: "说明自动化决策", en: "Explain automated decisions" });
