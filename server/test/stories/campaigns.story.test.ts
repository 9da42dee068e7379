import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { mailServer, webhookReceiver } from "../messages-world.ts";
import { type WholeApp, wholeApp } from "../whole-app.ts";

interface Campaign {
  id: string;
  status: string;
  counts: Record<string, number>;
}

let app: WholeApp;
let brand: { path: string; writeKey: string };
let segment: string;
beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T02:00:00Z" });
  brand = await app.brand("gentle");
  await app.collect(brand.writeKey, [
    mother("anna", { name: "王小雨", birthday: "2026-01-01", marketingConsent: true }),
    mother("bella", { name: "李静", birthday: "2026-01-10", marketingConsent: true }),
    mother("carol", { birthday: "2026-01-20", marketingConsent: false }),
    mother("dora", { birthday: "2026-01-25" }),
  ]);
  const made = await app.call<{ id: string }>("POST", `${brand.path}/segments`, {
    name: "三到六个月",
    where: { kind: "stage", in: ["3-6"] },
  });
  segment = made.body.id;
});
afterAll(() => app.close());

const mother = (who: string, { birthday, ...traits }: Record<string, unknown>) => ({
  type: "identify",
  messageId: `id-${who}`,
  userId: who,
  timestamp: "2026-05-30T08:00:00Z",
  traits: { email: `${who}@x.test`, children: [{ birthday }], ...traits },
});

async function channel(
  body: object,
): Promise<{ id: string; secret?: string; settings: object; hasSecret: boolean }> {
  const reply = await app.call<{ id: string; settings: object; hasSecret: boolean }>(
    "POST",
    `${brand.path}/channels`,
    body,
  );
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body;
}

const smtp = (port: number) => ({
  kind: "email",
  name: "邮件",
  settings: { host: "127.0.0.1", port, from: "育见 <hello@gentle.test>" },
});

async function campaign(channelId: string, change: object = {}): Promise<Campaign> {
  const reply = await app.call<Campaign>("POST", `${brand.path}/campaigns`, {
    name: "六月问候",
    segment,
    channel: channelId,
    content: {
      subject: "{{ person.name | default: '妈妈' }}，宝宝 {{ child.ageMonths }} 个月了",
      body: '<p>夏天的奶粉怎么选：<a href="https://shop.test/summer?from=mail">看看</a></p>',
    },
    holdoutShare: 0,
    ...change,
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  return reply.body;
}

const linkIn = (raw: string, kind: "t" | "u"): string => {
  const text = Buffer.from(raw.replace(/=\r?\n/g, ""), "utf8")
    .toString()
    .replaceAll("=3D", "=");
  const bodies = [...raw.matchAll(/base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/g)].map(([, body = ""]) =>
    Buffer.from(body, "base64").toString(),
  );
  return [text, ...bodies].join("\n").match(new RegExp(`/${kind}/[\\w-]{23}`))?.[0] ?? "";
};

test("a campaign goes out through the gate, is clicked, and is unsubscribed from with one tap", async () => {
  const server = await mailServer();
  const { id } = await campaign((await channel(smtp(server.port))).id);

  const estimate = await app.call("GET", `${brand.path}/campaigns/${id}/estimate`);
  expect(estimate.body).toMatchObject({ audience: 4, holdout: 0, reachable: 2 });
  expect((estimate.body as { held: { reason: string; persons: number }[] }).held).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ reason: "consent-withdrawn", persons: 1 }),
      expect.objectContaining({ reason: "no-consent", persons: 1 }),
    ]),
  );

  expect((await app.call("POST", `${brand.path}/campaigns/${id}/start`)).status).toBe(200);
  expect((await app.call("POST", `${brand.path}/campaigns/${id}/start`)).status).toBe(409);
  await app.runJobs();
  expect(server.mails.map(({ to }) => to).sort()).toEqual(["anna@x.test", "bella@x.test"]);
  const done = await app.call<Campaign>("GET", `${brand.path}/campaigns/${id}`);
  expect(done.body).toMatchObject({ status: "done", counts: { audience: 4, sent: 2, held: 2, waiting: 0 } });

  const log = await app.call<{ items: { name: string | null; to: string | null; state: string }[] }>(
    "GET",
    `${brand.path}/campaigns/${id}/messages?state=sent`,
  );
  expect(log.body.items.map(({ name, to }) => [name, to]).sort()).toEqual([
    ["李**", "b***@x.test"],
    ["王**", "a***@x.test"],
  ]);

  const anna = server.mails.find(({ to }) => to === "anna@x.test")?.raw ?? "";
  expect(anna).not.toContain("shop.test");
  const click = await app.call("GET", linkIn(anna, "t"), undefined, { key: null });
  expect([click.status, click.headers.get("location")]).toEqual([302, "https://shop.test/summer?from=mail"]);
  const forged = await app.call("GET", `${linkIn(anna, "t").slice(0, -2)}AA`, undefined, { key: null });
  expect([forged.status, forged.headers.get("location")]).toEqual([404, null]);

  const way = linkIn(anna, "u");
  const page = await app.call<string>("GET", way, undefined, {
    key: null,
    headers: { "accept-language": "en" },
  });
  expect(page.body).toContain("<button");
  expect(page.body).toContain("No more of these messages?");
  const still = await app.call<{ reachable: number }>("GET", `${brand.path}/campaigns/${id}/estimate`);
  app.clock.set("2026-06-02T02:00:00Z");
  expect(
    (await app.call<{ reachable: number }>("GET", `${brand.path}/campaigns/${id}/estimate`)).body.reachable,
  ).toBe(2);
  expect(still.body.reachable).toBe(0);
  // RFC 8058: what a mail program posts by itself.
  const post = await app.call<string>("POST", way, "List-Unsubscribe=One-Click", {
    key: null,
    headers: { "content-type": "application/x-www-form-urlencoded" },
  });
  expect(post.status).toBe(200);
  expect(post.body).toContain("已退订");
  const form = '--x\r\ncontent-disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
  const again = await app.call<string>("POST", way, form, {
    key: null,
    headers: { "content-type": "multipart/form-data; boundary=x" },
  });
  expect(again.status).toBe(200);

  const second = await campaign((await channel(smtp(server.port))).id);
  await app.call("POST", `${brand.path}/campaigns/${second.id}/start`);
  await app.runJobs();
  expect(server.mails.slice(2).map(({ to }) => to)).toEqual(["bella@x.test"]);
  await server.close();
});

test("a webhook's receiver can trust each message and recognise a repeated one", async () => {
  app.clock.set(new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 86_400_000 + 2 * 3_600_000));
  let secret = "";
  const receiver = await webhookReceiver((_call, count) => (count === 1 ? 500 : 204));
  const made = await channel({ kind: "webhook", name: "门店系统", settings: { url: receiver.url } });
  secret = made.secret ?? "";
  expect(secret).toMatch(/^whsec_/);
  expect(made.hasSecret).toBe(true);
  expect(JSON.stringify((await app.call("GET", `${brand.path}/channels`)).body)).not.toContain(secret);

  await app.collect(brand.writeKey, [
    { ...mother("eve", { birthday: dayBefore(120), marketingConsent: true }), timestamp: app.clock.now() },
  ]);
  const { id } = await campaign(made.id);
  await app.call("POST", `${brand.path}/campaigns/${id}/start`);
  await app.runJobs();
  app.clock.advance(600_000);
  await app.runJobs();
  const ids = receiver.calls.map(({ headers }) => headers["webhook-id"]);
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  for (const { headers, body } of receiver.calls) {
    // The library compares with the machine's clock; the test's is another.
    const at = new Date(Number(headers["webhook-timestamp"]) * 1000);
    expect(headers["webhook-signature"]).toBe(
      new Webhook(secret).sign(headers["webhook-id"] ?? "", at, body),
    );
    const { data } = JSON.parse(body) as { data: { identifiers: { namespace: string; value: string }[] } };
    expect(data.identifiers).toEqual(expect.arrayContaining([{ namespace: "user", value: "eve" }]));
  }
  await receiver.close();
});

const dayBefore = (days: number): string =>
  new Date(app.clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10);

test("what cannot be sent is refused before anything is", async () => {
  const { id } = await channel(smtp(1));
  const body = (content: object) => ({ name: "x", segment, channel: id, content });
  const unknown = await app.call(
    "POST",
    `${brand.path}/campaigns`,
    body({ subject: "x", body: "\n{{ person.phone }}" }),
  );
  expect(unknown).toMatchObject({ status: 422, body: { code: "messages/unknown-variable" } });
  expect(JSON.stringify(unknown.body)).toContain("person.phone");
  const preview = await app.call("POST", `${brand.path}/campaigns/preview`, {
    content: { subject: "x", body: "{{ persn.name }}" },
  });
  expect(preview).toMatchObject({ status: 422, body: { code: "messages/unknown-variable" } });
  const gone = await app.call("POST", `${brand.path}/campaigns`, {
    ...body({ subject: "x", body: "x" }),
    segment: "999",
  });
  expect(gone.status).toBe(404);
  const open = await app.call("POST", `${brand.path}/channels`, {
    kind: "webhook",
    name: "x",
    settings: { url: "http://example.com/hook" },
  });
  expect(open).toMatchObject({ status: 422, body: { code: "messages/insecure-webhook" } });
});

test("a preview shows one family's message, masked; a draft can be changed and deleted, what ran cannot", async () => {
  const preview = await app.call<{ subject: string; html: string; to: string }>(
    "POST",
    `${brand.path}/campaigns/preview`,
    { content: { subject: "{{ person.name }}", body: "宝宝 {{ child.stage }}" }, segment },
  );
  expect(preview).toMatchObject({ status: 422, body: { code: "messages/missing-value" } });
  const shown = await app.call("POST", `${brand.path}/campaigns/preview`, {
    content: {
      subject: "{{ person.name | default: '妈妈' }}，宝宝 {{ child.ageMonths }} 个月",
      body: '<a href="https://shop.test/x">{{ child.stage }}</a>',
    },
    segment,
  });
  expect(shown).toMatchObject({ status: 200, body: { subject: "妈妈，宝宝 3 个月", to: "e***@x.test" } });
  expect((shown.body as { html: string }).html).toContain('<a href="https://shop.test/x">3–6 月龄</a>');
  const { id } = await channel(smtp(1));
  const draft = await campaign(id, { holdoutShare: 0.2 });
  const changed = await app.call("PATCH", `${brand.path}/campaigns/${draft.id}`, { name: "七月" });
  expect(changed).toMatchObject({ status: 200, body: { name: "七月", holdoutShare: 0.2 } });
  expect((await app.call("DELETE", `${brand.path}/channels/${id}`)).status).toBe(409);
  expect((await app.call("DELETE", `${brand.path}/campaigns/${draft.id}`)).status).toBe(204);
  expect((await app.call("DELETE", `${brand.path}/channels/${id}`)).status).toBe(204);
  expect((await app.call("GET", `${brand.path}/campaigns/${draft.id}`)).status).toBe(404);
});

test("a channel is tested on whoever asks, never on a customer", async () => {
  const { id } = await channel(smtp(1));
  const key = await app.call("POST", `${brand.path}/channels/${id}/test`);
  expect(key).toMatchObject({ status: 409, body: { code: "messages/test-needs-user" } });
  const receiver = await webhookReceiver();
  const hook = await channel({ kind: "webhook", name: "x", settings: { url: receiver.url } });
  const tested = await app.call("POST", `${brand.path}/channels/${hook.id}/test`);
  expect(tested).toMatchObject({ status: 200, body: { ok: true, detail: "204" } });
  expect(JSON.parse(receiver.calls[0]?.body ?? "")).toMatchObject({
    data: { person: null, identifiers: [] },
  });
  await receiver.close();
  const failed = await app.call("POST", `${brand.path}/channels/${hook.id}/test`);
  expect(failed).toMatchObject({ status: 200, body: { ok: false, detail: "ECONNREFUSED" } });
});

test("a mail server that wants a password gets it; a wrong one is told apart from a server that is down", async () => {
  const server = await mailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) =>
      username === "stork" && password === "right"
        ? callback(null, { user: username })
        : callback(new Error("no such user or password")),
  });
  app.clock.set(new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000 + 4 * 86_400_000 + 2 * 3_600_000));
  const withPassword = (password: string) => ({
    ...smtp(server.port),
    settings: { ...smtp(server.port).settings, user: "stork", password },
  });
  const wrong = await channel(withPassword("wrong"));
  expect(JSON.stringify(wrong)).not.toContain("wrong");
  expect(wrong).toMatchObject({ hasSecret: true, settings: { user: "stork" } });
  const first = await campaign(wrong.id);
  await app.call("POST", `${brand.path}/campaigns/${first.id}/start`);
  await app.runJobs();
  const waiting = await app.call<{ items: { reason: { en: string } }[] }>(
    "GET",
    `${brand.path}/campaigns/${first.id}/messages?state=planned`,
  );
  expect(waiting.body.items[0]?.reason.en).toContain("refused the sign-in");
  await app.call("POST", `${brand.path}/campaigns/${first.id}/stop`);
  const second = await campaign((await channel(withPassword("right"))).id);
  await app.call("POST", `${brand.path}/campaigns/${second.id}/start`);
  await app.runJobs();
  expect(server.mails.map(({ to }) => to)).toEqual(["eve@x.test"]);
  await server.close();
});
