import type { AnswerParts } from "./answer.ts";

export interface RightsParts extends AnswerParts {
  readonly publicUrl: () => string;
}
