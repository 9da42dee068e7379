import fc from "fast-check";
import { expect, test } from "vitest";
import { decide, type Facts, type GatePass, isValid, objection, passForOwnTest } from "./gate.ts";
import { calendarDay, isQuiet, nextOpening } from "./quiet-hours.ts";

const shanghai = "Asia/Shanghai";
const welcome: Facts = {
  person: 7,
  address: 8,
  barred: null,
  suppressed: null,
  messagesToday: 0,
  reachedByCampaign: false,
};
const noon = new Date("2026-06-01T04:00:00Z");

const anyFacts: fc.Arbitrary<Facts> = fc.record({
  person: fc.option(fc.nat(), { nil: null }),
  address: fc.oneof(fc.nat(), fc.constant(null), fc.constant("none" as const)),
  barred: fc.option(
    fc.constantFrom("restricted", "silence", "withdrawn", "suppressed", "non-personalised", "no-consent"),
    { nil: null },
  ),
  suppressed: fc.option(fc.constantFrom("unsubscribed", "bounced", "complaint", "staff", "erased"), {
    nil: null,
  }),
  messagesToday: fc.nat(3),
  reachedByCampaign: fc.boolean(),
});
const anyInstant = fc.date({ min: new Date("2020-01-01"), max: new Date("2035-01-01"), noInvalidDate: true });
const anyZone = fc.constantFrom(shanghai, "UTC", "America/New_York", "Asia/Urumqi", "Europe/Berlin");

test("who gave consent, has an address and had nothing today is written to", () => {
  const decision = decide(1, welcome, shanghai, noon);
  expect(decision).toMatchObject({ decision: "pass", day: "2026-06-01" });
});

test.each([
  [{ person: null }, "unknown-person"],
  [{ barred: "no-consent" }, "no-consent"],
  [{ barred: "withdrawn" }, "consent-withdrawn"],
  [{ barred: "silence", suppressed: "unsubscribed" }, "silence"],
  [{ barred: "restricted" }, "erased"],
  [{ barred: "non-personalised" }, "non-personalised"],
  [{ barred: "suppressed", suppressed: "complaint" }, "complaint"],
  [{ suppressed: "bounced" }, "bounced"],
  [{ suppressed: "unsubscribed" }, "unsubscribed"],
  [{ address: "none" }, "no-address"],
  [{ messagesToday: 1 }, "already-today"],
  [{ reachedByCampaign: true }, "same-person"],
] as const)("%o is held: %s", (change, reason) => {
  expect(decide(1, { ...welcome, ...change }, shanghai, noon)).toEqual({ decision: "held", reason });
});

test("at night it waits for eight in the morning of the person's place", () => {
  const night = decide(1, welcome, shanghai, new Date("2026-06-01T13:00:00Z"));
  expect(night).toEqual({ decision: "later", reason: "quiet-hours", at: new Date("2026-06-02T00:00:00Z") });
  const beforeDawn = decide(1, welcome, shanghai, new Date("2026-06-01T23:59:59.999Z"));
  expect(beforeDawn).toMatchObject({ at: new Date("2026-06-02T00:00:00Z") });
  expect(decide(1, welcome, shanghai, new Date("2026-06-02T00:00:00Z")).decision).toBe("pass");
});

test("a pass taken just before nine is worth nothing after it", () => {
  const decision = decide(1, welcome, shanghai, new Date("2026-06-01T12:59:59Z"));
  if (decision.decision !== "pass") throw new Error("expected a pass");
  expect(isValid(decision.pass, new Date("2026-06-01T12:59:59.999Z"))).toBe(true);
  expect(isValid(decision.pass, new Date("2026-06-01T13:00:00Z"))).toBe(false);
});

test("a pass that the gate did not make opens nothing", () => {
  const real = passForOwnTest(noon);
  expect(isValid(real, noon)).toBe(true);
  expect(isValid({ ...real } as GatePass, noon)).toBe(false);
});

test("whatever is known and whenever it is: no pass without consent, in quiet hours, or for a second message", () => {
  fc.assert(
    fc.property(anyFacts, anyInstant, anyZone, (facts, now, zone) => {
      const decision = decide(1, facts, zone, now);
      const allowed =
        facts.barred === null &&
        facts.suppressed === null &&
        facts.messagesToday === 0 &&
        facts.person !== null &&
        facts.address !== "none" &&
        !facts.reachedByCampaign;
      expect(decision.decision).toBe(!allowed ? "held" : isQuiet(now, zone) ? "later" : "pass");
      if (decision.decision === "pass") {
        expect(calendarDay(new Date(decision.pass.until.getTime() - 1), zone)).toBe(decision.day);
        expect(isQuiet(new Date(decision.pass.until.getTime() - 1), zone)).toBe(false);
      }
      if (decision.decision === "held") expect(objection(facts)).toBe(decision.reason);
    }),
    { numRuns: 2000 },
  );
});

test("what is put off comes due outside quiet hours, within half a day, and never in the past", () => {
  fc.assert(
    fc.property(anyInstant, anyZone, (now, zone) => {
      const opening = nextOpening(now, zone);
      expect(isQuiet(opening, zone)).toBe(false);
      expect(opening.getTime()).toBeGreaterThanOrEqual(now.getTime());
      expect(opening.getTime() - now.getTime()).toBeLessThanOrEqual(12 * 3_600_000);
    }),
    { numRuns: 2000 },
  );
});

test("a year of campaigns asked one after another: never twice on a day, never at night", () => {
  fc.assert(
    fc.property(fc.array(anyInstant, { maxLength: 60 }), (instants) => {
      const sent: string[] = [];
      for (const now of instants) {
        const today = calendarDay(now, shanghai);
        const facts = { ...welcome, messagesToday: sent.filter((day) => day === today).length };
        const decision = decide(1, facts, shanghai, now);
        if (decision.decision === "pass") sent.push(decision.day);
      }
      expect(new Set(sent).size).toBe(sent.length);
    }),
  );
});
