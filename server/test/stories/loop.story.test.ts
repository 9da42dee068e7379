import type { Campaign, Estimate } from "@stork/contract/campaigns.ts";
import type { CampaignReport } from "@stork/contract/outcomes.ts";
import type { Segment } from "@stork/contract/segments.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linkIn } from "../mail.ts";
import {
  app,
  close,
  consenting,
  count,
  families,
  get,
  inShanghai,
  item,
  itIs,
  log,
  mailTo,
  make,
  mothers,
  nameOf,
  open,
  order,
  overview,
  personOf,
  plan,
  post,
  sentBy,
  start,
  tell,
  who,
} from "../small-brand.ts";

/**
 * Sixteen days of a small brand, from its first family to the proof of what one campaign changed. One story: each test
 * is a chapter and starts where the one before it ended.
 */
let segment: string;
let channel: string;
let greeting: string;

beforeAll(open);
afterAll(close);

const campaign = (name: string, change: object = {}) => plan({ name, segment, channel, ...change });

describe("collect and know", () => {
  test("mothers arrive as an app, a website and a shop tell of them", async () => {
    for (const [i, mother] of mothers.entries())
      await tell(
        item("identify", {
          userId: mother,
          traits: {
            name: `王小${i}`,
            email: `${mother}@mail.test`,
            phone: `139${String(10_000_000 + i)}`,
            city: "杭州市",
            // The last ten said nothing about messages.
            ...(i < families - 10 ? { marketingConsent: true } : {}),
            children: [{ birthday: "2026-02-01", gender: i % 2 ? "女" : "男" }],
          },
        }),
      );
    expect(await count({ kind: "all", of: [] })).toBe(families);
  });

  test("who browsed unknown, then signed in, then bought in the store is one person, and we can say why", async () => {
    await tell(
      item("page", { anonymousId: "phone-browser", name: "一段奶粉" }),
      item("track", {
        anonymousId: "phone-browser",
        event: "Product Viewed",
        properties: { sku: "formula-1" },
      }),
    );
    await expect.poll(() => count({ kind: "all", of: [] })).toBe(families + 1);
    await tell(item("identify", { userId: "m-1", anonymousId: "phone-browser", traits: {} }));
    await tell(
      item("track", {
        anonymousId: "store-till-7",
        event: "Store Visited",
        context: {
          traits: { phone: "+86 139 1000 0000" },
          externalIds: [{ type: "member:store", id: "VIP-1" }],
        },
      }),
      item("alias", { previousId: "old-account", userId: "m-1" }),
    );
    const { id } = await who("user:m-1");
    for (const identifier of [
      "anonymous:phone-browser",
      "member:store:VIP-1",
      "phone:13910000000",
      "user:old-account",
    ])
      expect((await who(identifier)).id, identifier).toBe(id);
    const { evidence } = await who("user:m-1");
    expect(evidence?.length).toBeGreaterThanOrEqual(4);
    expect(evidence?.every(({ rule, source }) => rule.zh !== "" && source !== "")).toBe(true);
    await expect.poll(() => count({ kind: "all", of: [] })).toBe(families);
    for (const mother of mothers) personOf.set(mother, (await who(`user:${mother}`)).id);
    expect(new Set(personOf.values()).size).toBe(families);
  });

  test("each child has its stage on any date", async () => {
    const stages = [
      ["2025-09-01", "pregnancy-2"],
      ["2026-02-01", "0-1"],
      ["2026-04-30", "1-3"],
      ["2026-05-01", "3-6"],
      ["2026-08-01", "6-12"],
      ["2032-02-01", null],
    ] as const;
    for (const [on, stage] of stages) expect((await who("user:m-2", on)).children[0]?.stage, on).toBe(stage);
    expect((await who("user:m-2")).children).toMatchObject([
      { bornOn: "2026-02-01", stage: "3-6", source: "stated", next: { stage: "6-12", on: "2026-08-01" } },
    ]);
  });
});

describe("decide", () => {
  test("a segment counts at once, and an event changes its members within seconds", async () => {
    const where = {
      kind: "all",
      of: [
        { kind: "stage", in: ["3-6"] },
        { kind: "did", event: "Order Completed", count: { op: "=", value: 0 }, withinDays: 30 },
      ],
    };
    expect(await count(where)).toBe(families);
    segment = await make("/segments", { name: "三到六个月，三十天没有下单", where });
    const members = async () => (await get<Segment>(`/segments/${segment}`)).persons;
    expect(await members()).toBe(families);
    await tell(order("m-80", 268));
    await expect.poll(members).toBe(families - 1);
    expect(await count(where)).toBe(families - 1);
  });
});

describe("reach", () => {
  test("what is started at ten in the evening waits for the morning", async () => {
    channel = await make("/channels", {
      kind: "email",
      name: "邮件",
      settings: { host: "127.0.0.1", port: post.port, from: "小鹿 <hello@xiaolu.test>" },
    });
    greeting = await campaign("喂养指南");
    itIs("2026-06-01", "22:00");
    const estimate = await get<Estimate>(`/campaigns/${greeting}/estimate`);
    expect(estimate.audience).toBe(families - 1);
    expect(estimate.startsAt).toBe(inShanghai("2026-06-02", "08:00").toISOString());
    await start(greeting);
    itIs("2026-06-02", "07:59");
    await app.runJobs();
    expect(post.mails).toHaveLength(0);
    const { counts } = await get<Campaign>(`/campaigns/${greeting}`);
    expect(counts.holdout + counts.waiting + counts.held).toBe(families - 1);
    expect(counts.holdout).toBeGreaterThan(15);
    expect(counts.holdout).toBeLessThan(65);
  });

  test("who takes her word back during the night is not written to in the morning", async () => {
    const waiting = await log(greeting, "planned");
    const changed = nameOf(waiting.find(({ person }) => consenting(nameOf(person)))?.person ?? "");
    await tell(item("identify", { userId: changed, traits: { marketingConsent: false } }));
    itIs("2026-06-02", "08:00");
    await app.runJobs();
    const done = await get<Campaign>(`/campaigns/${greeting}`);
    expect(done).toMatchObject({ status: "done", counts: { waiting: 0, parked: 0, unknown: 0 } });
    const sent = (await log(greeting, "sent")).map(({ person }) => nameOf(person));
    expect(post.mails.map(({ to }) => to).sort()).toEqual(sent.map((mother) => `${mother}@mail.test`).sort());
    expect(sent.every(consenting)).toBe(true);
    expect(mailTo(changed)).toHaveLength(0);
    const held = await log(greeting, "held");
    for (const { person, reason } of held)
      expect(reason?.en).toBe(
        nameOf(person) === changed ? "Consent to marketing was withdrawn" : "No consent to marketing",
      );
  });

  test("nobody gets a second message on the same day, and the holdout nothing at all", async () => {
    const before = post.mails.length;
    const heldOut = (await log(greeting, "holdout")).map(({ person }) => nameOf(person));
    for (const mother of heldOut) expect(mailTo(mother)).toHaveLength(0);
    itIs("2026-06-02", "12:00");
    const again = await campaign("再来一次", { holdoutShare: 0 });
    await start(again);
    const reasons = await log(again, "held");
    expect(reasons.filter(({ reason }) => reason?.en === "Already had a message today")).toHaveLength(before);
    expect(new Set(post.mails.map(({ to }) => to)).size).toBe(post.mails.length);
  });

  test("she reads, follows the link, and says no more: at once and for good", async () => {
    itIs("2026-06-03", "09:00");
    const [reader, leaver] = await Promise.all([sentBy(greeting, 0), sentBy(greeting, 1)]);
    const firstLetter = (mother: string) => mailTo(mother)[0] as (typeof post.mails)[number];
    for (let taps = 0; taps < 2; taps += 1) {
      const click = await app.call("GET", linkIn(firstLetter(reader), "t"), undefined, { key: null });
      expect([click.status, click.headers.get("location")]).toEqual([302, "https://xiaolu.test/feeding"]);
    }
    const way = linkIn(firstLetter(leaver), "u");
    // A look at the page is no wish: mail programs open links by themselves.
    expect((await app.call("GET", way, undefined, { key: null })).status).toBe(200);
    expect((await who(`user:${leaver}`)).suppressed).toBe(false);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const asked = { key: null, headers: form };
    expect((await app.call("POST", way, "List-Unsubscribe=One-Click", asked)).status).toBe(200);
    expect((await app.call("POST", way, "List-Unsubscribe=One-Click", asked)).status).toBe(200);
    const person = await who(`user:${leaver}`);
    expect(person.suppressed || person.consents.some(({ state }) => state === "withdrawn")).toBe(true);

    const before = mailTo(leaver).length;
    const later = await campaign("第三天", { holdoutShare: 0 });
    expect((await get<Estimate>(`/campaigns/${later}/estimate`)).held).toContainEqual(
      expect.objectContaining({ reason: expect.stringMatching(/unsubscribed|consent-withdrawn/) }),
    );
    await start(later);
    expect(mailTo(leaver)).toHaveLength(before);
    expect(mailTo(reader).length).toBeGreaterThan(1);
  });
});

describe("measure", () => {
  const bought = { treated: 0, holdout: 0, treatedFen: 0, holdoutFen: 0 };

  test("families buy, some because of it", async () => {
    const arms = new Map((await log(greeting)).map(({ person, arm }) => [nameOf(person), arm]));
    const treated = mothers.filter((mother) => arms.get(mother) === "treated");
    const holdout = mothers.filter((mother) => arms.get(mother) === "holdout");
    itIs("2026-06-04", "20:00");
    for (const mother of treated.slice(0, 12)) {
      await tell(order(mother, 100.1), order(mother, 50));
      bought.treated += 1;
      bought.treatedFen += 15_010;
    }
    for (const mother of holdout.slice(0, 2)) {
      await tell(order(mother, 88));
      bought.holdout += 1;
      bought.holdoutFen += 8_800;
    }
    // A wholesaler's order is a conversion, and no ordinary revenue.
    await tell(order(holdout[2] as string, 1_000_000, { quantity: 10_000 }));
    bought.holdout += 1;
    // Seven days after the last message of this campaign its window is shut.
    itIs("2026-06-09", "08:01");
    await tell(order(holdout[3] as string, 500));
  });

  test("the report says what was sent, and what it changed, with its uncertainty", async () => {
    itIs("2026-06-16", "10:00");
    const report = await get<CampaignReport>(`/campaigns/${greeting}/report`);
    const sent = (await log(greeting, "sent")).length;
    expect(report).toMatchObject({ complete: true, sent, delivered: sent, clicked: 1, unsubscribed: 1 });
    // Of both arms those who could be reached when it began: the ten who had said nothing of messages are in neither.
    expect(report.treated.persons + report.holdout.persons).toBe(families - 10);
    expect(report.treated).toMatchObject({ converted: bought.treated, revenueFen: bought.treatedFen });
    expect(report.holdout).toMatchObject({ converted: bought.holdout, revenueFen: bought.holdoutFen });
    // The textbook's interval of a difference of two proportions, by hand.
    const [n, m] = [report.treated.persons, report.holdout.persons];
    const [p, q] = [bought.treated / n, bought.holdout / m];
    const half = 1.959964 * Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
    expect(report.conversionLift?.estimate).toBeCloseTo(p - q, 9);
    expect(report.conversionLift?.low).toBeCloseTo(p - q - half, 5);
    expect(report.conversionLift?.high).toBeCloseTo(p - q + half, 5);
    const lift = bought.treatedFen / n - bought.holdoutFen / m;
    expect(report.revenueLift?.estimate).toBeCloseTo(lift, 6);
    expect(report.extraRevenueFen?.estimate).toBeCloseTo(lift * n, 4);
    expect(report.daily.find(({ on }) => on === "2026-06-02")?.sent).toBe(sent);
    expect(report.daily.find(({ on }) => on === "2026-06-03")?.clicked).toBe(1);
    expect(report.daily.find(({ on }) => on === "2026-06-04")?.converted).toBe(bought.treated);
  });

  test("the overview adds up, day by day, against the week before", async () => {
    const seen = await overview("2026-06-01", "2026-06-07", "2026-05-25", "2026-05-31");
    expect(seen.now).toMatchObject({
      gmvFen: 26_800 + bought.treatedFen + bought.holdoutFen,
      orders: 1 + bought.treated * 2 + bought.holdout,
      buyers: 1 + bought.treated + bought.holdout,
      repeatRate: bought.treated / (1 + bought.treated + bought.holdout),
      newFamilies: families,
      messages: post.mails.length,
      optOuts: 1,
    });
    expect(seen.before).toMatchObject({ gmvFen: 0, orders: 0, buyers: 0, repeatRate: null, newFamilies: 0 });
    expect(seen.daily.reduce((sum, { gmvFen }) => sum + gmvFen, 0)).toBe(seen.now.gmvFen);
    expect(seen.daily).toHaveLength(7);
    expect(seen.categories).toContainEqual(
      expect.objectContaining({ category: "formula", gmvFen: seen.now.gmvFen }),
    );
    const stage = (name: string) => seen.stages.find((one) => one.stage === name);
    expect(stage("3-6")).toMatchObject({ today: families, in90Days: 0 });
    expect(stage("6-12")).toMatchObject({ today: 0, in90Days: families });
  });
});
