import { Refusal } from "../../platform/refusal.ts";
import type { Channel, SettingsOf, Verdict } from "../channel.ts";
import type { Answer } from "../effect.ts";
import { badSender } from "../refusals.ts";

const address = /^[^\s<>@,;"]+@([^\s<>@,;"]+)$/;
const named = /^([^<>\r\n]*)<([^<>]+)>$/;

export const email: Channel<SettingsOf<"email">> = {
  label: { zh: "邮件", en: "E-mail" },
  addressedBy: "email",
  repeatable: false,
  divide({ password, ...open }) {
    senderOf(open.from);
    return { open, secret: password ?? null };
  },
  join: (open, secret) => ({
    ...(open as SettingsOf<"email">),
    ...(secret === null ? {} : { password: secret }),
  }),
  request: (message, { from, ...server }) => ({
    via: "smtp",
    server,
    mail: {
      from: { name: senderOf(from).name, address: senderOf(from).address },
      to: message.to ?? "",
      subject: message.subject,
      html: message.html,
      text: message.text,
      messageId: `<${message.id}@${senderOf(from).domain}>`,
      date: message.at,
      headers:
        message.unsubscribeUrl === null
          ? {}
          : {
              "List-Unsubscribe": `<${message.unsubscribeUrl}>`,
              "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
    },
  }),
  read,
};

/** RFC 5321, 4.2.1: 4yz may succeed later, 5yz will not. What matters then is whose fault it is. */
function read(answer: Answer): Verdict {
  switch (answer.came) {
    case "accepted":
      return { verdict: "sent", receipt: answer.text };
    case "unreachable":
      return { verdict: "later", reason: "channel-unreachable", whole: true, receipt: answer.text };
    case "nothing":
      return { verdict: "unknown", reason: "no-answer" };
    case "withdrawn":
      return { verdict: "withdrawn" };
    case "refused":
      return refused(answer);
  }
}

function refused({ step, code, text }: Extract<Answer, { came: "refused" }>): Verdict {
  const receipt = `${code} ${text}`.trim();
  const passing = code < 500;
  if (step === "connect") return { verdict: "later", reason: "channel-busy", whole: true, receipt };
  if (step === "sign-in") return { verdict: "later", reason: "channel-sign-in", whole: true, receipt };
  // 421: the server is closing; whoever comes next hears the same.
  if (passing)
    return { verdict: "later", reason: "channel-busy", whole: code === 421 || step === "sender", receipt };
  if (step === "sender") return { verdict: "parked", reason: "sender-refused", receipt };
  if (step === "recipient") {
    const unknownUser = /\b5\.1\.[1236]\b/.test(text) || (code === 550 && !/\b5\.\d+\.\d+\b/.test(text));
    return {
      verdict: "parked",
      reason: "address-refused",
      receipt,
      ...(unknownUser ? { bounced: true } : {}),
    };
  }
  return { verdict: "parked", reason: "content-refused", receipt };
}

/** "Stork <hello@example.com>" or a bare address; anything that a mail program could read as two is refused. */
function senderOf(from: string): { name: string; address: string; domain: string } {
  const [, label = "", inner = from] = named.exec(from) ?? [];
  const domain = address.exec(inner.trim())?.[1];
  if (domain === undefined) throw new Refusal(badSender);
  return { name: label.trim().replace(/^"(.*)"$/, "$1"), address: inner.trim(), domain };
}
