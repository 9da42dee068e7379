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
  { mapping, mappings, sheets }: Pick<PreviewAgain, "mapping" | "mappings" | "sheets">,
): Promise<Choice> {
  const saved = await listMappings(db, workspace);
  if (mapping === undefined) return { mappings, sheets, saved };
  const named = saved.find(({ name }) => name === mapping);
  if (named === undefined) throw new Refusal(unknownMapping, { mapping });
  return { mappings, sheets, saved, mapping: named.columns };
}
