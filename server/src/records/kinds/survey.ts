import type { RecordInput } from "@stork/contract/records.ts";
import { Canon, freeValues, instantOf, iso, numberOf, some, stating, textOf } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { Fields, RecordEvent, StatedRecord } from "../record.ts";

function state(input: RecordInput<"survey">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const at = canon.time(input.at, "at");
    return {
      kind: "survey",
      key: `${input.survey} ${input.response}`.trim(),
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: at ?? null,
      identifiers: input.identifiers,
      otherwise: null,
      fields: JSON.stringify({
        response: input.response,
        survey: some(input.survey),
        at: iso(at),
        nps: input.nps,
        answers: freeValues(input.answers),
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

/** Reichheld's groups: 9 and 10 promote, 0 to 6 detract. */
const groupOf = (nps: number): string => (nps >= 9 ? "promoter" : nps >= 7 ? "passive" : "detractor");

function tells(fields: Fields): RecordEvent[] {
  const nps = numberOf(fields, "nps");
  return [
    {
      name: "Survey Answered",
      which: "",
      at: instantOf(fields, "at") ?? Number.NaN,
      orderId: "",
      amountFen: 0,
      quantity: 0,
      items: [],
      properties: JSON.stringify({
        survey: some(textOf(fields, "survey")),
        nps,
        nps_group: nps === undefined ? undefined : groupOf(nps),
        answers: fields["answers"],
      }),
    },
  ];
}

export const survey: Kind<"survey"> = {
  id: "survey",
  label: { zh: "问卷（含 NPS）", en: "Surveys (with NPS)" },
  keyed: { zh: "问卷和答卷编号", en: "Survey and response" },
  events: ["Survey Answered"],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells,
};
