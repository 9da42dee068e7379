import type { RecordInput } from "@stork/contract/records.ts";
import { Canon, freeText, instantOf, iso, numberOf, some, stating, textOf } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { Fields, RecordEvent, StatedRecord } from "../record.ts";

function state(input: RecordInput<"ticket">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const openedAt = canon.time(input.openedAt, "openedAt");
    const closedAt = canon.time(input.closedAt, "closedAt");
    return {
      kind: "ticket",
      key: input.ticket,
      part: context.part ?? "",
      changedAt: canon.time(input.changedAt, "changedAt") ?? null,
      at: openedAt ?? null,
      identifiers: input.identifiers,
      otherwise: null,
      fields: JSON.stringify({
        ticket: input.ticket,
        status: closedAt === undefined ? input.status : "closed",
        openedAt: iso(openedAt),
        closedAt: iso(closedAt),
        order: some(input.order),
        sku: some(input.sku),
        channel: some(input.channel),
        topic: freeText(input.topic),
        text: freeText(input.text),
        score: input.score,
      }),
      said: [],
      marks: [...canon.marks],
    };
  });
}

function tells(fields: Fields): RecordEvent[] {
  const openedAt = instantOf(fields, "openedAt");
  const closedAt = instantOf(fields, "closedAt");
  const properties = {
    ticket: textOf(fields, "ticket"),
    order_id: some(textOf(fields, "order")),
    channel: some(textOf(fields, "channel")),
    topic: some(textOf(fields, "topic")),
  };
  const event = (name: string, at: number, more: object): RecordEvent => ({
    ...{ name, at, which: "", orderId: "", amountFen: 0, quantity: 0 },
    items: [],
    properties: JSON.stringify({ ...properties, ...more }),
  });
  const opened = event("Ticket Opened", openedAt ?? Number.NaN, { text: some(textOf(fields, "text")) });
  if (closedAt === undefined) return [opened];
  const hours = openedAt === undefined ? undefined : Math.round((closedAt - openedAt) / 36_000) / 100;
  return [opened, event("Ticket Closed", closedAt, { hours, score: numberOf(fields, "score") })];
}

export const ticket: Kind<"ticket"> = {
  id: "ticket",
  label: { zh: "服务工单", en: "Service tickets" },
  keyed: { zh: "工单号", en: "Ticket number" },
  events: ["Ticket Opened", "Ticket Closed"],
  needsSomebody: false,
  personalKey: false,
  checksAge: false,
  state,
  tells,
};
