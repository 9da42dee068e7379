import { CalendarEntry, moments } from "@stork/contract/stage-calendar.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays } from "./calendar.ts";
import { type CalendarChild, comingFor, dayOf } from "./coming.ts";
import { stageMoments, standardCalendar } from "./moments.ts";

const child = (dates: CalendarChild["dates"], sex: CalendarChild["sex"] = null): CalendarChild => ({
  ...{ id: "1", dates, sex },
  sure: Boolean(dates.bornOn),
});
const day = (id: string, dates: CalendarChild["dates"], sex: CalendarChild["sex"] = null): string | null => {
  const entry = standardCalendar.find((one) => one.id === id) as CalendarEntry;
  return dayOf(child(dates, sex), entry, (sex && entry[sex]) || entry.from);
};

describe("the standard calendar", () => {
  test("has entries of every kind but one's own, each once, each with its source", () => {
    expect(Object.keys(stageMoments).sort()).toEqual([...moments].sort());
    for (const [kind, { entries }] of Object.entries(stageMoments)) {
      expect(entries.length > 0, kind).toBe(kind !== "own");
      for (const entry of entries) {
        expect(entry.kind).toBe(kind);
        expect(CalendarEntry.parse(entry)).toEqual(entry);
        expect(entry.source.zh.length, entry.id).toBeGreaterThan(5);
      }
    }
    expect(new Set(standardCalendar.map(({ id }) => id)).size).toBe(standardCalendar.length);
  });
  test("sizes follow growth: never earlier than the size before, boys not after girls", () => {
    for (const kind of ["diapers", "clothing", "shoes"] as const) {
      const { entries } = stageMoments[kind];
      for (const [i, entry] of (entries as readonly CalendarEntry[]).entries()) {
        if (i > 0) expect(entry.from.at, entry.id).toBeGreaterThan(entries[i - 1]?.from.at ?? 0);
        const { girl, boy } = entry;
        if (girl && boy) expect(boy.at, entry.id).toBeLessThanOrEqual(girl.at);
      }
    }
    // 7 kg: four months of a boy's life, five and a bit of a girl's; 66 cm is outgrown about the half year.
    expect(stageMoments.diapers.entries.find(({ id }) => id === "diapers-m")).toMatchObject({
      boy: { at: 4 },
      girl: { at: 5.2 },
    });
    expect(stageMoments.clothing.entries.find(({ id }) => id === "clothing-73")?.from.at).toBeCloseTo(5.7, 0);
  });
});

describe("what comes for a child", () => {
  test("vaccination by the age since birth, food by the corrected one", () => {
    const early = { bornOn: "2026-01-10", gestationDays: 224 };
    expect(day("vaccine-mmr-1", early)).toBe("2026-09-10");
    expect(day("food-first", { bornOn: "2026-01-10" })).toBe("2026-07-10");
    expect(day("food-first", early)).toBe("2026-09-07");
    expect(day("shoes-150", early)).toBe("2028-08-10");
  });
  test("weeks of pregnancy count from the due date and end at birth", () => {
    expect(day("prenatal-ogtt", { dueOn: "2026-12-31" })).toBe(addDays("2026-12-31", -16 * 7));
    expect(
      day("prenatal-term", { dueOn: "2026-12-31", bornOn: "2026-11-01", gestationDays: 220 }),
    ).toBeNull();
    expect(day("prenatal-nt", { bornOn: "2026-11-01", adoptedOn: "2026-12-01" })).toBeNull();
  });
  test("shows one size of each kind as today's, and what has just been", () => {
    const on = "2026-07-20";
    const found = comingFor(child({ bornOn: "2026-01-15" }, "girl"), standardCalendar, {
      ...{ on, until: "2026-09-20", since: "2026-06-20" },
    });
    const now = found.filter(({ state }) => state === "now").map(({ entry }) => entry.id);
    for (const kind of ["diapers-", "clothing-", "formula-"])
      expect(
        now.filter((id) => id.startsWith(kind)),
        kind,
      ).toHaveLength(1);
    expect(now).toContain("food-first");
    expect(found.find(({ entry }) => entry.id === "formula-1")?.state).toBe("past");
    expect(found.find(({ entry }) => entry.id === "vaccine-mmr-1")).toMatchObject({
      on: "2026-09-15",
      state: "coming",
    });
    expect(found.some(({ entry }) => entry.id === "vaccine-hepb-1")).toBe(false);
    expect(found.map(({ on }) => on)).toEqual(found.map(({ on }) => on).sort());
  });
  test("every day is a real one, and correcting never goes past 24 months", () => {
    const born = fc.integer({ min: 18_000, max: 22_000 }).map((n) => addDays("1970-01-01", n));
    fc.assert(
      fc.property(
        born,
        fc.integer({ min: 154, max: 258 }),
        fc.constantFrom(...standardCalendar),
        (bornOn, days, entry) => {
          const actual = day(entry.id, { bornOn });
          const corrected = day(entry.id, { bornOn, gestationDays: days });
          if (actual === null || corrected === null || entry.from.unit === "week") return;
          expect(corrected >= actual).toBe(true);
          if (entry.age === "actual" || entry.from.at >= 24) expect(corrected).toBe(actual);
        },
      ),
      { numRuns: 300 },
    );
  });
});
