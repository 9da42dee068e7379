import type { PreviewAgain } from "@stork/contract/imports.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { Choice } from "./import-files.client.ts";
import { listMappings } from "./mapping/saved.store.ts";
import { presetOf, presets } from "./presets.ts";
import { unknownMapping, unknownPreset } from "./refusals.ts";

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
  db: Db,
  workspace: number,
  { mapping, mappings, sheets, presets: ofFiles = {} }: Partial<PreviewAgain>,
): Promise<Choice> {
  const saved = await listMappings(db, workspace);
  for (const preset of Object.values(ofFiles)) requiredPreset(preset);
  const choice = { mappings, sheets, presets: ofFiles, saved };
  if (mapping === undefined) return choice;
  const named = saved.find(({ name }) => name === mapping);
  if (named === undefined) throw new Refusal(unknownMapping, { mapping });
  return { ...choice, mapping: named.columns };
}
