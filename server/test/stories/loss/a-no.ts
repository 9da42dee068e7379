import type { ChainCheck, Consents, ConsentTexts } from "@stork/contract/privacy.ts";
import { expect, test } from "vitest";
import { letterOf } from "../../mail.ts";
import { until } from "../../until.ts";
import {
  app,
  brand,
  exportUnderWay,
  find,
  get,
  mail,
  mailsTo,
  order,
  post,
  receiver,
  standing,
  start,
  toldOf,
} from "./world.ts";

/** A no, passed on by a system or said to staff. */
export function aNo(): void {
  test("a no that a shop's system passes on is obeyed when it is answered; a no to sharing stops no message", async () => {
    app.clock.set(new Date("2026-07-02T13:00:00Z"));
    const [mei, yun] = [await find("mei"), await find("yun")];
    await app.collect(brand.writeKey, [order("mei", "湿巾"), order("yun", "湿巾")]);
    expect([(await standing(mei))[0], (await standing(yun))[0]]).toEqual(["waiting", "waiting"]);
    await post(`/persons/${yun.id}/consents`, { purpose: "sharing", state: "withdrawn", textVersion: 0 });
    await app.collect(brand.writeKey, [
      { type: "identify", userId: "mei", messageId: "no", traits: { marketingConsent: false } },
    ]);
    expect([(await standing(mei))[0], (await standing(yun))[0]]).toEqual([
      "Consent was withdrawn",
      "waiting",
    ]);
  });

  test("a no is obeyed when it is answered, by campaign, webhook and export under way; every word has its receipt", async () => {
    const lan = await find("lan");
    app.clock.set(new Date("2026-07-02T14:00:00Z"));
    const id = await start("everybody");
    receiver.works = false;
    const heard = toldOf(lan.id).length;
    await app.collect(brand.writeKey, [order("lan", "NB 纸尿裤")]);
    await until(() => toldOf(lan.id).length > heard);
    const taken = await exportUnderWay();
    expect((await standing(lan))[0]).toBe("waiting");
    // The message is held, and she is out of the journey, when this answers, not some time after.
    await post(`/persons/${lan.id}/consents`, { purpose: "marketing", state: "withdrawn", textVersion: 0 });
    const held = await get<{ counts: { held: number } }>(`/campaigns/${id}`);
    expect(held.counts.held).toBeGreaterThan(0);
    expect((await standing(lan))[0]).toBe("Consent was withdrawn");
    const [told, rest] = [toldOf(lan.id).length, await taken.rest()];
    expect([rest.includes("lan@x.test"), rest.includes("hua@x.test")]).toEqual([false, true]);
    receiver.works = true;
    await app.collect(brand.writeKey, [order("lan", "S 纸尿裤")]);
    app.clock.set(new Date("2026-07-03T03:00:00Z"));
    const before = mailsTo("lan").length;
    await app.runJobs();
    expect(mailsTo("lan")).toHaveLength(before);
    expect(toldOf(lan.id)).toHaveLength(told);

    const { consents, receipts } = await get<Consents>(`/persons/${lan.id}/consents`);
    expect(consents).toMatchObject([{ purpose: "marketing", state: "withdrawn" }]);
    expect(receipts.map(({ state }) => state)).toEqual(["withdrawn", "granted"]);
    expect(receipts[0]?.text?.zh).toContain("商品和活动");
    expect(await get(`/consent-receipts/check`)).toMatchObject({ broken: [], erased: 0 });
    // Who stands behind a text: those who read it, as they said it, and as it is today.
    await post(`/persons/${lan.id}/consents`, { purpose: "research", state: "granted", textVersion: 0 });
    const text = { zh: "给我发送消息，每周两条。", en: "Send me two messages a week." };
    const put = await app.call<ConsentTexts>("PUT", `${brand.path}/consent-texts/marketing`, text);
    const ofMarketing = put.body.items.filter(({ purpose }) => purpose === "marketing");
    expect(ofMarketing).toMatchObject([
      { version: 1, ...text, granted: 0 },
      { version: 0, withdrawn: 1 },
    ]);
    expect(await get("/consent-words?purpose=marketing&version=0")).toMatchObject({
      items: [{ person: lan.id, name: "王**", state: "withdrawn", now: "withdrawn" }],
      next: null,
    });
    // Who agreed to what has become another text is told so in the next message, whatever it is about.
    await app.call("PUT", `${brand.path}/consent-texts/marketing`, { ...text, againUntil: "2026-07-31" });
    app.clock.set(new Date("2026-07-04T03:00:00Z"));
    await start("everybody");
    const letter = mail.mails.findLast(({ to }) => to === "hua@x.test");
    expect(letter && letterOf(letter)).toMatch(/请在 2026-07-31 前.*再决定一次/);

    await app.engines.db
      .updateTable("consent")
      .set({ state: "granted" })
      .where("said_by", "not like", "law%")
      .where("state", "=", "withdrawn")
      .execute();
    // A word stands at each of her nodes: all of them show.
    const { broken } = await get<ChainCheck>(`/consent-receipts/check`);
    expect(new Set(broken.map(({ why }) => why))).toEqual(new Set(["altered"]));
  });
}
