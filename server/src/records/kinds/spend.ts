import type { RecordInput } from "@stork/contract/records.ts";
import { readDate } from "../../cleaning/instants.ts";
import { instantOfWallTime } from "../../cleaning/zone.ts";
import { Canon, some, stating } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { StatedRecord } from "../record.ts";

/** A day's spend is a calendar day of the platform, which all here keep China's calendar; it is not an instant. */
function state(input: RecordInput<"spend">, context: StateContext) {
  return stating((): StatedRecord | { refused: "records/time-unreadable"; path: string } => {
    const canon = new Canon(context);
    const day = readDate(input.day, context.zone);
    if (day === null) return { refused: "records/time-unreadable", path: "day" };
    const { platform, account, campaign, unit, creative } = input;
    const spendFen = canon.money(input.spend, "spend") ?? 0;
    if (spendFen < 0) canon.marks.add("amount-negative");
    return {
      kind: "spend",
      key: [day, platform, account, campaign, unit, creative].join(" ").trim(),
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: instantOfWallTime(context.zone, Date.parse(`${day}T00:00:00Z`)),
      identifiers: [],
      otherwise: null,
      fields: JSON.stringify({
        ...{ platform, day, spendFen },
        account: some(account),
        campaign: some(campaign),
        unit: some(unit),
        creative: some(creative),
        impressions: input.impressions,
        clicks: input.clicks,
        conversions: input.conversions,
        orders: input.orders,
        revenueFen: canon.money(input.revenue, "revenue"),
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

export const spend: Kind<"spend"> = {
  id: "spend",
  label: { zh: "投放消耗", en: "Ad spend" },
  keyed: {
    zh: "日期、平台、账户、计划、单元和创意",
    en: "Day, platform, account, campaign, unit and creative",
  },
  events: [],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells: () => [],
};
