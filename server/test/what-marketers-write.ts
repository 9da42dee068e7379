import type { Campaign, MessagesPage } from "@stork/contract/campaigns.ts";
import { beforeAll, describe, expect, test } from "vitest";
import type { z } from "zod";
import { mailServer } from "./messages-world.ts";
import { app, dayMs, get, item, make, now, path, post } from "./rough-brand.ts";

/** A part of the story of bad input, told in the same house as the rest of it. */
export function whatMarketersWrite(): void {
  describe("what marketers write, and what becomes of it", () => {
    let segment: string;
    beforeAll(async () => {
      await post({
        batch: ["ann", "bea"].map((user) =>
          item(user, {
            type: "identify",
            traits: { email: `${user}@mail.test`, tier: "gold", marketingConsent: true },
          }),
        ),
      });
      segment = await make("/segments", {
        name: "金卡",
        where: { kind: "trait", key: "tier", op: "=", value: "gold" },
      });
    });
    const channelAt = (port: number) =>
      make("/channels", {
        kind: "email",
        name: "邮件",
        settings: { host: "127.0.0.1", port, from: "a@rough.test" },
      });

    test("an unknown variable is refused when the draft is saved, changed or previewed: never while sending", async () => {
      const channel = await channelAt(1);
      const draft = (body: string, subject = "您好") => ({
        name: "x",
        segment,
        channel,
        content: { subject, body },
      });
      const refusals = [
        await app.call<{ code: string; title: string }>(
          "POST",
          `${path}/campaigns`,
          draft("{{ person.phone }}"),
        ),
        await app.call<{ code: string; title: string }>(
          "POST",
          `${path}/campaigns`,
          draft("x", "{{ chlid.name }}"),
        ),
        await app.call<{ code: string; title: string }>(
          "POST",
          `${path}/campaigns`,
          draft("{% if person.vip %}x{% endif %}"),
        ),
        await app.call<{ code: string; title: string }>(
          "PATCH",
          `${path}/campaigns/${await make("/campaigns", draft("x"))}`,
          {
            content: { subject: "x", body: "{{ nobody }}" },
          },
        ),
        await app.call<{ code: string; title: string }>("POST", `${path}/campaigns/preview`, {
          content: { subject: "x", body: "{{ persn.name }}" },
        }),
      ];
      for (const { status, body } of refusals)
        expect([status, body.code]).toEqual([422, "messages/unknown-variable"]);
      expect(refusals[1]?.body.title).toContain("chlid.name");
    });

    test("a preview for a segment or a channel that is not there shows nobody else instead", async () => {
      const content = { subject: "x", body: "您好" };
      const preview = (asked: object) =>
        app.call<{ code: string }>("POST", `${path}/campaigns/preview`, { content, ...asked });
      for (const unknown of ["999999", "x", ""]) {
        expect((await preview({ segment: unknown })).body.code).toBe("segments/unknown");
        const { status, body } = await preview({ segment, channel: unknown });
        expect([status, body.code]).toEqual([404, "messages/unknown-channel"]);
      }
      expect((await preview({ segment })).status).toBe(200);
    });

    test("a mail server that is down is tried again, then each message is parked with its reason, and can be sent later", async () => {
      const down = await mailServer();
      const { port } = down;
      await down.close();
      const id = await make("/campaigns", {
        name: "等一等",
        segment,
        channel: await channelAt(port),
        content: { subject: "您好", body: "x" },
        holdoutShare: 0,
      });
      await app.call("POST", `${path}/campaigns/${id}/start`);
      await app.runJobs();
      const log = async () => (await get<z.infer<typeof MessagesPage>>(`/campaigns/${id}/messages`)).items;
      const status = async () => (await get<Campaign>(`/campaigns/${id}`)).status;
      for (const { attempts, reason } of await log())
        expect([attempts, reason?.en]).toEqual([
          1,
          expect.stringMatching(/^The channel's server cannot be reached/),
        ]);
      expect(await status()).toBe("running");
      for (let hours = 0; hours < 10; hours += 1) {
        app.clock.advance(3_600_000);
        await app.runJobs();
      }
      for (const { state, attempts, reason } of await log())
        expect([state, attempts > 2, reason?.zh]).toEqual([
          "parked",
          true,
          expect.stringMatching(/^连不上渠道服务器/),
        ]);
      expect(await status()).toBe("done");

      // The next morning somebody has mended the server, and says so.
      app.clock.set(new Date(now.getTime() + dayMs));
      const letters: string[] = [];
      const mended = await mailServer({}, port);
      const again = await app.call<{ messages: number }>("POST", `${path}/campaigns/${id}/retry`, {
        what: "parked",
      });
      expect(again.body).toEqual({ messages: 2 });
      await app.runJobs();
      letters.push(...mended.mails.map(({ to }) => to));
      expect(letters.sort()).toEqual(["ann@mail.test", "bea@mail.test"]);
      await mended.close();
      app.clock.set(now);
    });

    test("a campaign to nobody ends at once and says so", async () => {
      const nobody = await make("/segments", { name: "没有人", where: { kind: "any", of: [] } });
      const content = { subject: "x", body: "x" };
      const id = await make("/campaigns", {
        name: "x",
        segment: nobody,
        channel: await channelAt(1),
        content,
      });
      expect((await app.call("POST", `${path}/campaigns/${id}/start`)).status).toBe(200);
      await app.runJobs();
      expect(await get<Campaign>(`/campaigns/${id}`)).toMatchObject({
        status: "done",
        counts: { audience: 0 },
      });
      expect(await get(`/campaigns/${id}/report`)).toMatchObject({
        sent: 0,
        conversionLift: null,
        extraRevenueFen: null,
      });
    });
  });
}
