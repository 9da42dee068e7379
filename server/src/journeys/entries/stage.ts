import type { Stage } from "@stork/contract/catalog.ts";
import { stageNames } from "../../catalog/stages.ts";
import type { EntryMeaning } from "../entry.ts";

/** A child enters a stage, at local midnight. */
export const stage: EntryMeaning<"stage"> = {
  wokenBy: () => "Stage Entered",
  lets: (entry, { properties }) => {
    const child = Number(properties["child"]);
    const fits = entry.in.includes(properties["stage"] as Stage) && Number.isSafeInteger(child);
    return fits ? { child } : null;
  },
  looks: () => null,
  byChild: () => true,
  asks: () => null,
  sentence: (entry) => ({
    zh: `宝宝进入${entry.in.map((one) => stageNames[one].zh).join("、")}`,
    en: `when a child enters ${entry.in.map((one) => stageNames[one].en).join(", ")}`,
  }),
};
