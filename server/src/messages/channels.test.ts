import type { ChannelKind } from "@stork/contract/campaigns.ts";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import type { Channel, Outgoing } from "./channel.ts";
import { channels, divideSettings, openChannel } from "./channels.ts";
import type { Answer } from "./effect.ts";
import { reasonWords } from "./reasons.ts";

const secret = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
const settings = {
  email: {
    host: "mail.test",
    port: 587,
    secure: false,
    user: "u",
    password: "hush",
    from: "育见 <hello@x.test>",
  },
  webhook: { url: "https://hooks.test/in", secret },
};
const message: Outgoing = {
  id: "stork-1-5",
  campaign: "3",
  to: "a@x.test",
  person: "9",
  identifiers: [{ namespace: "user", value: "u9" }],
  subject: "您好",
  html: "<p>x</p>",
  text: "x",
  unsubscribeUrl: "https://stork.test/u/t",
  at: new Date("2026-06-01T02:00:00Z"),
};
const answers: Answer[] = [
  { came: "accepted", text: "250 ok" },
  { came: "unreachable", text: "ECONNREFUSED" },
  { came: "nothing" },
  { came: "withdrawn" },
  ...(["connect", "sign-in", "sender", "recipient", "content", "request"] as const).flatMap((step) =>
    [400, 404, 410, 421, 429, 450, 500, 503, 535, 550, 554].map((code) => ({
      came: "refused" as const,
      step,
      code,
      text: "",
    })),
  ),
];

describe.each(Object.keys(channels) as ChannelKind[])("%s, as every channel", (kind) => {
  const channel = channels[kind] as Channel<unknown>;
  const divided = divideSettings({ kind, name: "x", settings: settings[kind] } as never, () => secret);

  test("keeps its secret apart and joins it again", () => {
    expect(JSON.stringify(divided.open)).not.toContain(divided.secret);
    expect(divided.show).toBeNull();
    expect(channel.join(divided.open, divided.secret)).toEqual(settings[kind]);
  });

  test("asks for the same thing whenever the same message is tried", () => {
    const open = openChannel(1, kind, divided.open, divided.secret);
    expect(open.request(message)).toEqual(open.request(message));
    expect(JSON.stringify(open.request(message))).toContain(message.id);
  });

  test("understands every answer, and has words for each reason", () => {
    for (const answer of answers) {
      const verdict = channel.read(answer);
      if ("reason" in verdict) expect(reasonWords(verdict.reason)?.zh).toMatch(/[\u4e00-\u9fa5]/);
      if (answer.came === "accepted") expect(verdict.verdict).toBe("sent");
      else expect(verdict.verdict).not.toBe("sent");
      if (answer.came === "nothing") expect(verdict.verdict).toBe(channel.repeatable ? "later" : "unknown");
    }
  });

  test("has a name in both languages", () => {
    expect(channel.label.zh && channel.label.en).toBeTruthy();
  });
});

describe("e-mail", () => {
  const { read, divide } = channels.email;
  const refused = (step: "recipient" | "sender" | "content", code: number, text = "") =>
    read({ came: "refused", step, code, text });

  test.each([
    [550, "5.1.1 no such user", true],
    [550, "user unknown", true],
    [550, "5.7.1 blocked by policy", undefined],
    [552, "5.2.2 mailbox full", undefined],
    [553, "5.1.3 bad address", true],
  ])("%i %s: parked, bounced %s", (code, text, bounced) => {
    expect(refused("recipient", code, text)).toMatchObject({ verdict: "parked", reason: "address-refused" });
    expect((refused("recipient", code, text) as { bounced?: boolean }).bounced).toBe(bounced);
  });

  test("what may pass is tried later: one address alone, a busy server for everybody", () => {
    expect(refused("recipient", 450)).toMatchObject({ verdict: "later", whole: false });
    expect(refused("content", 451)).toMatchObject({ verdict: "later", whole: false });
    expect(refused("recipient", 421)).toMatchObject({ verdict: "later", whole: true });
    expect(read({ came: "refused", step: "sign-in", code: 535, text: "" })).toMatchObject({
      reason: "channel-sign-in",
      whole: true,
    });
  });

  test("the sender is an address, and cannot smuggle a header", () => {
    const base = { host: "h", port: 25, secure: false };
    for (const from of ["hello@x.test", "Stork <hello@x.test>", '"育见" <a.b@x.test>']) {
      expect(divide({ ...base, from }, () => "").open).toMatchObject({ from });
    }
    for (const from of ["hello", "a@b, c@d", "x\r\nBcc: y@z <a@b.c>", "<>", "a b@c.d"]) {
      expect(() => divide({ ...base, from }, () => "")).toThrow("messages/bad-sender");
    }
  });
});

describe("webhook", () => {
  const { divide, request, read } = channels.webhook;

  test("is signed by the Standard Webhooks rules and says whom it is for", () => {
    const effect = request(message, settings.webhook);
    if (effect.via !== "http") throw new Error("expected http");
    const { "webhook-id": id = "", "webhook-signature": signature } = effect.headers;
    expect(id).toBe(message.id);
    expect(signature).toBe(new Webhook(secret).sign(id, message.at, effect.body));
    expect(JSON.parse(effect.body)).toMatchObject({
      type: "message",
      data: { message: "stork-1-5", person: "9", identifiers: message.identifiers, subject: "您好" },
    });
  });

  test.each([
    ["https://example.com/x", true],
    ["http://example.com/x", false],
    ["http://127.0.0.1:9/x", true],
    ["http://192.168.1.4/x", true],
    ["http://172.16.0.1/x", true],
    ["http://172.32.0.1/x", false],
    ["http://crm/x", true],
    ["http://10.evil.com/x", false],
    ["http://[::1]:9/x", true],
    ["ftp://example.com/x", false],
  ])("%s may be used: %s", (url, fine) => {
    const use = () => divide({ url, secret }, () => secret);
    if (fine) expect(use().open).toEqual({ url });
    else expect(use).toThrow("messages/insecure-webhook");
  });

  test.each(["https://user:pw@x.test/", "https://user@x.test/in"])(
    "%s holds what nobody should read",
    (url) => {
      expect(() => divide({ url, secret }, () => secret)).toThrow("messages/credentials-in-address");
    },
  );

  test("a secret that is too short is refused; without one, one is made", () => {
    expect(() => divide({ url: "https://x.test", secret: "abc" }, () => secret)).toThrow(
      "messages/bad-webhook-secret",
    );
    expect(divide({ url: "https://x.test" }, () => secret).secret).toBe(secret);
  });

  test("a receiver that asks for time gets it", () => {
    const busy = read({ came: "refused", step: "request", code: 429, text: "", retryAfterSeconds: 90 });
    expect(busy).toEqual({
      verdict: "later",
      reason: "channel-busy",
      whole: true,
      receipt: "429",
      afterSeconds: 90,
    });
  });
});
