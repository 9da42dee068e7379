import fc from "fast-check";
import { expect, test } from "vitest";
import { addDays, dateIn } from "../catalog/calendar.ts";
import { stageOn } from "../catalog/stages.ts";
import { stageEntered, startOfDay } from "./stage-entered.ts";
import { backDays, datesToAsk, entriesDue } from "./stage-entries.ts";

const day = fc.integer({ min: 18_000, max: 21_000 }).map((n) => addDays("1970-01-01", n));
const zones = [
  "Asia/Shanghai",
  "UTC",
  "America/New_York",
  "Asia/Beirut",
  "America/Sao_Paulo",
  "Pacific/Apia",
];

test("a day starts at its first instant, also where clocks are set at midnight", () => {
  fc.assert(
    fc.property(day, fc.constantFrom(...zones), (on, zone) => {
      const at = startOfDay(zone, on);
      // Apia had no 30 December 2011; such days are not among these.
      expect(dateIn(zone, new Date(at))).toBe(on);
      expect(dateIn(zone, new Date(at - 1))).toBe(addDays(on, -1));
    }),
    { numRuns: 400 },
  );
  // In Beirut the clocks went from 00:00 to 01:00 on 31 March 2024.
  expect(new Date(startOfDay("Asia/Beirut", "2024-03-31")).toISOString()).toBe("2024-03-30T22:00:00.000Z");
});

test("looking every day tells each stage once, on its own day; looking after a stop tells the same within the bound", () => {
  const child = fc.record({
    bornOn: day,
    gestationDays: fc.option(fc.integer({ min: 170, max: 300 })),
    adoptedOn: fc.constant(null),
  });
  fc.assert(
    fc.property(
      child,
      fc.integer({ min: 0, max: 900 }),
      fc.integer({ min: 1, max: backDays }),
      (dates, age, gap) => {
        const known = { dates, knownOn: addDays(dates.bornOn, age) };
        const since = addDays(known.knownOn, -30);
        const told = new Map<string, string>();
        for (let today = known.knownOn; today < addDays(known.knownOn, 120); today = addDays(today, gap)) {
          for (const { stage, on } of entriesDue(known, { today, since })) {
            expect(told.get(stage) ?? on).toBe(on);
            told.set(stage, on);
          }
        }
        for (const [stage, on] of told) {
          expect(stageOn(dates, on)).toBe(stage);
          expect(stageOn(dates, addDays(on, -1))).not.toBe(stage);
          expect(on > known.knownOn).toBe(true);
        }
        // None is missed up to the last look.
        const last = addDays(known.knownOn, Math.floor(119 / gap) * gap);
        const seen = new Set<string>();
        for (let on = addDays(known.knownOn, 1); on <= last; on = addDays(on, 1)) {
          const stage = stageOn(dates, on);
          if (stage !== null && stage !== stageOn(dates, addDays(on, -1))) seen.add(stage);
        }
        expect(new Set(told.keys())).toEqual(seen);
      },
    ),
    { numRuns: 25 },
  );
});

test("whoever enters a stage is among those who are asked about", () => {
  fc.assert(
    fc.property(day, day, fc.boolean(), (anchor, today, born) => {
      const dates = born ? { bornOn: anchor } : { dueOn: anchor };
      const due = entriesDue({ dates, knownOn: "1990-01-01" }, { today, since: "1990-01-01" });
      if (due.length === 0) return;
      const ranges = datesToAsk(today)[born ? "born" : "due"];
      expect(ranges.some(({ from, to }) => from <= anchor && anchor <= to)).toBe(true);
    }),
    { numRuns: 3000 },
  );
});

test("the event is the same whoever tells it, and holds no date but its own", () => {
  const entry = { child: 81, stage: "6-12", previous: "3-6", on: "2026-06-02", times: 1 } as const;
  const event = stageEntered(entry, "Asia/Shanghai");
  expect(event).toEqual(stageEntered(entry, "Asia/Shanghai"));
  expect(stageEntered({ ...entry, times: 2 }, "Asia/Shanghai").message).not.toBe(event.message);
  expect(new Date(event.at).toISOString()).toBe("2026-06-01T16:00:00.000Z");
  expect(JSON.parse(event.properties)).toEqual({ stage: "6-12", child: "81", previous: "3-6" });
});
