import type { PreviewAgain } from "@stork/contract/imports.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Choice } from "./import-files.client.ts";
import { presetOf, presets } from "./presets.ts";
import { unknownPreset } from "./refusals.ts";

/** A preset's id, or "auto". */
export function requiredPreset(id: string): string {
  if (id === "auto" || presetOf(id) !== undefined) return id;
  throw new Refusal(unknownPreset, {
    preset: /^[\w-]{1,60}$/.test(id) ? id : "…",
    known: ["auto", ...Object.keys(presets)].join(", "),
  });
}

/** What the user says of the files, saved mappings looked up. */
export async function choiceOf(
  _db: Db,
  _workspace: number,
  { mappings, sheets }: Pick<PreviewAgain, "mapping" | "mappings" | "sheets">,
): Promise<Choice> {
  return { mappings, sheets };
}
