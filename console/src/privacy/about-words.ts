import type { Person } from "@stork/contract/people.ts";
import { type Consent, purposeFacts } from "@stork/contract/privacy.ts";
import type { Say } from "../i18n/i18n.ts";

/** 营销消息 · 邮件, 宝宝资料（宝宝 2）. */
export function aboutWords(
  {
    purpose,
    channel,
    child,
  }: { purpose: Consent["purpose"]; channel?: string | null | undefined; child?: string | null | undefined },
  person: Person,
  say: Say,
  language: string,
): string {
  const { zh, en } = purposeFacts[purpose].name;
  const name = language === "en" ? en : zh;
  const at = person.children.findIndex(({ id }) => id === child);
  const which =
    child === undefined || child === null
      ? ""
      : at === -1
        ? say("privacy.ofChildGone")
        : say("privacy.ofChild", { child: say("privacy.child", { n: at + 1 }) });
  const by =
    channel === undefined || channel === null
      ? ""
      : ` · ${say(`privacy.channel.${channel}` as "privacy.channel.sms")}`;
  return `${name}${by}${which}`;
}
