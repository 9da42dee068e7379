import type { Language } from "@stork/contract/common.ts";
import type { DemoMail } from "@stork/contract/mailbox.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import type { ReceivedMail } from "./mailbox.client.ts";

const closed = {
  "zh-CN": { subject: "（内容含个人信息）", text: "邮件里有收件人的姓名，您的角色不能查看。" },
  en: { subject: "(holds personal data)", text: "The mail names its reader, which your role may not see." },
} as const satisfies Record<Language, { subject: string; text: string }>;

/** A received mail. It was written to one person by name, so it opens only for callers who may see whole names. */
export function shownMail(
  { id, to, subject, html, receivedAt }: ReceivedMail,
  { whole, language }: { whole: boolean; language: Language },
): DemoMail {
  const words = closed[language];
  return {
    id: String(id),
    to: maskIdentifier("email", to),
    ...(whole ? { subject, html } : { subject: words.subject, html: `<p>${words.text}</p>` }),
    receivedAt: receivedAt.toISOString(),
  };
}
