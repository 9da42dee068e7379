import { createHmac } from "node:crypto";

/**
 * Treated or held out, decided by the campaign's seed and the person alone: the same answer however often, wherever
 * and in whatever order it is asked, and unrelated between campaigns.
 */
export function armOf(seed: string, person: number, holdoutShare: number): "treated" | "holdout" {
  const hash = createHmac("sha256", seed).update(String(person)).digest();
  return hash.readUIntBE(0, 6) / 2 ** 48 < holdoutShare ? "holdout" : "treated";
}
