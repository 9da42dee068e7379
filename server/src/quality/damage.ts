import { repaired } from "../cleaning/garbled.ts";

const lost = /\ufffd|锟斤|斤拷|烫烫|屯屯/;
const questions = /^[\s?？]*\?{2,}[\s?？]*$/;

/** Whether a text was read in a wrong encoding on its way, whether or not it could be put right. */
export function isDamaged(text: string): boolean {
  if (text.length > 300) return isDamaged(text.slice(0, 300));
  return lost.test(text) || questions.test(text) || repaired(text) !== text;
}
