import { expect, test } from "vitest";
import { examine } from "./examine.ts";
import { learnModel, type Past } from "./learn.ts";
import type { StreamModel } from "./model.ts";
import { Recent } from "./recent.ts";
import type { Tally } from "./tally.ts";

const zone = "Asia/Shanghai";
const noon = Date.UTC(2026, 5, 3, 4);
const counts = (events: number, more: Record<string, number> = {}): Tally =>
  new Map(Object.entries({ events, sampled: events, "there sku": events, "text sku": events, ...more }));
const past = (more: Partial<Past>): Past => ({
  ...{
    hours: [],
    texts: new Map(),
    volumes: new Map(),
    arrivals: [],
    promptArrivals: [],
    events: 0,
    liveDays: 0,
  },
  ...{ today: Math.floor(noon / 86_400_000), names: [], ...more },
});

/** What is found of one event that came so often in the last minutes, and not since `last`. */
function look(model: StreamModel, minutes: readonly Tally[], last = noon) {
  const recent = new Recent();
  recent.advance(noon);
  const from = Math.floor(noon / 60_000) * 60_000;
  recent.put(
    minutes.map((tally, i) => ({ source: 1, name: "A", minute: from - i * 60_000, last, counts: tally })),
  );
  const found = examine({
    ...{ views: recent.views(), now: noon, zone, awakeSince: 0, imports: () => null },
    model: (_, name) => (name === "A" ? model : null),
    liveMinutes: () => 10,
    setting: () => ({ off: false, threshold: null }),
  });
  return found
    .filter(({ breached }) => breached)
    .map(({ indicator, field }) => `${indicator} ${field}`.trim());
}

test("a field of which too little was seen to say whether it is optional is not missed", () => {
  const hour = (events: number, sizes: number) => counts(events, { "there size": sizes, "text size": sizes });
  const now = [counts(60)];
  // With seventy events it is known to come now and then; with three hundred, that it comes with nearly every one.
  expect(look(learnModel(past({ hours: [hour(70, 40)], events: 70 }), zone), now)).toEqual([]);
  const often = Array.from({ length: 6 }, () => hour(50, 49));
  expect(look(learnModel(past({ hours: often, events: 300 }), zone), now)).toEqual(["field-missing size"]);
});

test("how long a source is usually quiet is learned from what it sends live, though its history came in bulk", () => {
  const day = new Array<number>(24).fill(2);
  const volumes = new Map(Array.from({ length: 20 }, (_, i) => [past({}).today - 20 + i, day]));
  const hours = [counts(200)];
  const promptArrivals = Array.from({ length: 600 }, (_, i) => noon - 300_000 + i * 500);
  const model = learnModel(past({ hours, volumes, events: 1_000, promptArrivals }), zone);
  expect(model.gaps).toMatchObject({ of: 599 });
  const sent = Array.from({ length: 6 }, () => counts(120));
  expect(look(model, sent, noon - 10_000)).toEqual([]);
  expect(look(model, sent, noon - 40_000)).toEqual(["event-silent"]);
  // Too few to learn from: as of any source, with room.
  expect(
    learnModel(past({ hours, volumes, events: 1_000, promptArrivals: promptArrivals.slice(0, 150) }), zone)
      .gaps,
  ).toBeNull();
});
