import { z } from "zod";
import type { AnswerParts } from "./answer.ts";

export interface RightsParts extends AnswerParts {
  readonly publicUrl: () => string;
}

export const ById = z.object({ request: z.string().max(40) });

/** The number of a request in an address; what can be none is nobody's. */
export const requestNumber = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0);
