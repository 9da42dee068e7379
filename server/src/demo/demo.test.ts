import { expect, test } from "vitest";
import { compile } from "../messages/content.ts";
import { checkCondition } from "../segments/check.ts";
import { demoSegments, pastCampaign } from "./demo.ts";
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
