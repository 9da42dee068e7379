import type { Breakage } from "@stork/contract/demo.ts";
import type { Message } from "@stork/town/message.ts";
import { expect, test } from "vitest";
import { compile } from "../messages/content.ts";
import { checkCondition } from "../segments/check.ts";
import { demoSegments, pastCampaign } from "./demo.ts";
import { brokenMessage, feedMessages, liveShop } from "./live-feed.ts";
import { feedSources, townFeed } from "./town-feed.ts";

test("every question of the demo is one that the segments' language takes", () => {
  for (const { where } of demoSegments) checkCondition(where, new Map(), "zh-CN");
  expect(demoSegments.map(({ name }) => name)).toContain(pastCampaign.audience);
});

test("its campaign can be filled in, with one link to follow and one to leave by", () => {
  const { links, render } = compile(pastCampaign.content);
  expect(links).toEqual(["https://shop.example/return"]);
  const rendered = render({ person: {}, child: {} } as never, {
    link: (index) => `/t/${index}`,
    unsubscribe: "/u/x",
    preferences: "/p/x",
  });
  expect(rendered).toMatchObject({ outcome: "rendered", subject: "您好，双 11 返场给您留了一份" });
});

test("its live feed tells of new families, the same at one moment and others a second later", () => {
  const told = (now: string) => {
    const feed = feedMessages({ seed: 7, families: 40 }, new Date(now));
    return Array.from({ length: 200 }, () => feed.next().value);
  };
  const messages = told("2026-06-01T04:00:00Z");
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(200);
  for (const { messageId, source, timestamp } of messages) {
    expect(Number(messageId.split("-")[2])).toBeGreaterThanOrEqual(40);
    expect([source, timestamp < "2026-06-02"]).toEqual([liveShop, true]);
  }
  expect(told("2026-06-01T04:00:00Z")).toEqual(messages);
  const later = new Set(told("2026-06-01T04:00:01Z").map(({ messageId }) => messageId));
  expect(messages.filter(({ messageId }) => later.has(messageId)).length).toBeLessThan(100);
});

test("each way to break it changes what it is to change, and stopping leaves nothing", () => {
  const properties = { name: "奶粉", brand: "初熙贝", price: 12.5, currency: "CNY" };
  const message = {
    timestamp: "2026-06-01T00:00:00Z",
    source: liveShop,
    type: "track",
    messageId: "m",
    properties,
  };
  const broken = (kind: Breakage) => brokenMessage(message as Message, kind)?.properties;
  expect(broken("stop")).toBeUndefined();
  expect(broken("null")).toEqual({ ...properties, price: null });
  expect(broken("prices")).toEqual({ ...properties, price: 1250 });
  expect(broken("gbk")).toMatchObject({ price: 12.5, currency: "CNY" });
  expect(broken("gbk")?.["name"]).not.toBe("奶粉");
});

test("the town's messages are taken by the collector's own reader, each family's in order of time", () => {
  const sourceOf = new Map(feedSources.map(({ id }, index) => [id as string, index + 1]));
  const feed = {
    seed: 7,
    families: 40,
    until: "2026-06-01",
    zone: "Asia/Shanghai",
    received: 1_780_000_000_000,
  };
  const parts = [...townFeed({ ...feed, sourceOf })];
  const events = parts.flatMap((part) => [...part.events.values()].flat());
  expect(events.length).toBeGreaterThan(1_000);
  expect(new Set(events.map(({ message }) => message)).size).toBe(events.length);
  expect(parts.at(-1)?.families).toBe(40);
});
