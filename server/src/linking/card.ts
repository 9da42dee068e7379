import { type LinkCard, linkFieldFacts, linkFields } from "@stork/contract/linking.ts";
import { weightsOf } from "@stork/models/linking/model.ts";
import type { KeptModel } from "./model.store.ts";
import type { LinkSetting } from "./setting.store.ts";

/** The model as a person reads it: for each field what its levels are worth, and where they come from. */
export function cardOf(kept: KeptModel | null, setting: LinkSetting, counts: LinkCard["counts"]): LinkCard {
  const { review, certain, joinCertain, automatic, compared, suggested, joined, withdrawn } = setting;
  return {
    state: kept === null ? "none" : kept.builtIn ? "built-in" : "learned",
    version: kept?.version ?? null,
    learnedAt: kept?.learnedAt.toISOString() ?? null,
    persons: kept?.persons ?? 0,
    pairs: kept?.pairs ?? 0,
    lambda: kept?.model.lambda ?? null,
    fields: kept === null ? [] : fieldsOf(kept),
    thresholds: { review, certain, joinCertain, automatic },
    run: { state: stateOf(setting), ...timesOf(setting), compared, suggested, joined, withdrawn },
    counts,
  };
}

function fieldsOf({ model }: KeptModel): LinkCard["fields"] {
  const weights = weightsOf(model);
  return linkFields.map((field, i) => ({
    field,
    label: linkFieldFacts[field].label,
    levels: linkFieldFacts[field].levels.map((name, level) => ({
      name,
      m: model.m[i]?.[level] ?? 0,
      u: model.u[i]?.[level] ?? 0,
      bits: weights[i]?.[level] ?? 0,
    })),
  }));
}

function stateOf({ startedAt, finishedAt, trouble }: LinkSetting): LinkCard["run"]["state"] {
  if (startedAt === null) return "never";
  if (finishedAt === null) return "running";
  return trouble === null ? "done" : "failed";
}

const timesOf = ({ startedAt, finishedAt }: LinkSetting) => ({
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});
