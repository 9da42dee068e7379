import type { RecordInput } from "@stork/contract/records.ts";
import { splitTraits } from "../../people/traits.ts";
import { Canon, instantOf, iso, some, stating, textOf } from "../canonical.ts";
import type { Kind, StateContext } from "../kind.ts";
import type { Fields, RecordEvent, RecordSaid, StatedRecord } from "../record.ts";
import { childrenSaid, personSaid } from "../said.ts";

function state(input: RecordInput<"member">, context: StateContext) {
  return stating((): StatedRecord => {
    const canon = new Canon(context);
    const { member, programme, tier, points } = input;
    const joinedAt = canon.time(input.joinedAt, "joinedAt");
    const changedAt = canon.time(input.changedAt, "changedAt") ?? null;
    const traits = {
      ...input.traits,
      ...(tier ? { tier } : {}),
      ...(points === undefined ? {} : { points }),
    };
    // What identifies goes to the vault with `said`; what describes is part of the record.
    const plain = Object.fromEntries(splitTraits(traits).plain.map(({ key, text }) => [key, text]));
    const consents = (input.consents ?? []).map((one): RecordSaid => ({ kind: "consent", ...one }));
    const namespace = programme === "" ? "member" : `member:${programme.replace(/[^\p{L}\p{N}_.-]/gu, "")}`;
    return {
      kind: "member",
      key: context.key ?? `${programme} ${member}`.trim(),
      part: context.part ?? "",
      changedAt,
      at: joinedAt ?? changedAt,
      identifiers: [...(member === "" ? [] : [{ namespace, value: member }]), ...input.identifiers],
      otherwise: null,
      fields: JSON.stringify({
        programme: some(programme),
        joinedAt: iso(joinedAt),
        tier: some(tier),
        points,
        traits: Object.keys(plain).length === 0 ? undefined : plain,
        children: input.children?.length,
        consents: input.consents?.map(({ purpose, state }) => `${purpose}:${state}`),
      }),
      said: [...personSaid(traits), ...childrenSaid(input.children, context.zone, canon.marks), ...consents],
      marks: [...canon.marks],
    };
  });
}

function tells(fields: Fields): RecordEvent[] {
  const at = instantOf(fields, "joinedAt");
  if (at === undefined) return [];
  const properties = { programme: some(textOf(fields, "programme")), tier: some(textOf(fields, "tier")) };
  return [
    {
      ...{ at, name: "Signed Up", which: "", orderId: "", amountFen: 0, quantity: 0, items: [] },
      properties: JSON.stringify(properties),
    },
  ];
}

export const member: Kind<"member"> = {
  id: "member",
  label: { zh: "会员", en: "Members" },
  keyed: { zh: "会员体系和会员号", en: "Programme and member number" },
  events: ["Signed Up"],
  needsSomebody: true,
  personalKey: true,
  checksAge: false,
  state,
  tells,
};
