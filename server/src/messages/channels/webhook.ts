import { Webhook } from "standardwebhooks";
import { mayPostTo } from "../../platform/in-house.ts";
import { Refusal } from "../../platform/refusal.ts";
import type { Channel, SettingsOf, Verdict } from "../channel.ts";
import type { Answer } from "../effect.ts";
import { badWebhookSecret, credentialsInAddress, insecureWebhook } from "../refusals.ts";

/** Standard Webhooks 1.0: the id stays the same however often a message is tried, so its receiver can drop repeats. */
export const webhook: Channel<SettingsOf<"webhook">> = {
  label: { zh: "Webhook", en: "Webhook" },
  addressedBy: null,
  repeatable: true,
  divide({ url, secret }, newSecret) {
    const address = new URL(url);
    if (!mayPostTo(address)) throw new Refusal(insecureWebhook);
    if (address.username !== "" || address.password !== "") throw new Refusal(credentialsInAddress);
    if (secret !== undefined && !isSecret(secret)) throw new Refusal(badWebhookSecret);
    return { open: { url }, secret: secret ?? newSecret() };
  },
  join: (open, secret) => ({ ...(open as { url: string }), ...(secret === null ? {} : { secret }) }),
  request(message, { url, secret = "" }) {
    const { id, at, to: _, ...data } = message;
    const body = JSON.stringify({
      type: "message",
      timestamp: at.toISOString(),
      data: { message: id, ...data },
    });
    return {
      via: "http",
      url,
      headers: {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
        "webhook-signature": new Webhook(secret).sign(id, at, body),
      },
      body,
    };
  },
  read,
};

function read(answer: Answer): Verdict {
  switch (answer.came) {
    case "accepted":
      return { verdict: "sent", receipt: answer.text };
    case "unreachable":
      return { verdict: "later", reason: "channel-unreachable", whole: true, receipt: answer.text };
    case "nothing":
      // Repeating is harmless here: the receiver knows the id.
      return { verdict: "later", reason: "channel-unreachable", whole: true, receipt: "" };
    case "withdrawn":
      return { verdict: "withdrawn" };
    case "refused": {
      const { code, retryAfterSeconds } = answer;
      const receipt = String(code);
      const after = retryAfterSeconds === undefined ? {} : { afterSeconds: retryAfterSeconds };
      if (code === 429 || code === 503)
        return { verdict: "later", reason: "channel-busy", whole: true, receipt, ...after };
      if (code === 401 || code === 403)
        return { verdict: "later", reason: "channel-sign-in", whole: true, receipt };
      if (code >= 500 || code === 408 || code === 425) {
        return { verdict: "later", reason: "channel-busy", whole: false, receipt, ...after };
      }
      return { verdict: "parked", reason: "receiver-refused", receipt };
    }
  }
}

function isSecret(secret: string): boolean {
  const base64 = secret.replace(/^whsec_/, "");
  const bytes = Buffer.from(base64, "base64");
  return bytes.toString("base64") === base64 && bytes.length >= 24 && bytes.length <= 64;
}
