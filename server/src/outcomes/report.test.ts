import { describe, expect, test } from "vitest";
import { type ArmSums, armOf, liftsOf } from "./report.ts";

const arm = (persons: number, converted: number, revenueEach = 10_000): ArmSums => ({
  persons,
  converted,
  revenueFen: converted * revenueEach,
  revenueSquares: converted * revenueEach ** 2,
});

describe("what a campaign changed", () => {
  test("is the treated minus the held out, with its interval", () => {
    // 250/2000 against 200/2000: R's prop.test(c(250, 200), c(2000, 2000), correct = FALSE).
    const { conversionLift, revenueLift, extraRevenueFen } = liftsOf(arm(2000, 250), arm(2000, 200));
    expect(conversionLift).toMatchObject({ significant: true });
    expect(conversionLift?.estimate).toBeCloseTo(0.025, 12);
    expect(conversionLift?.low).toBeCloseTo(0.00543100855465603, 10);
    expect(conversionLift?.high).toBeCloseTo(0.044568991445344, 10);
    expect(conversionLift?.pValue).toBeCloseTo(0.0123509477111914, 10);
    expect(revenueLift?.estimate).toBeCloseTo(250, 9);
    expect(extraRevenueFen?.estimate).toBeCloseTo(500_000, 6);
    expect(extraRevenueFen?.low).toBeCloseTo((revenueLift?.low ?? 0) * 2000, 6);
  });

  test("is not claimed where an arm is too small or nobody bought", () => {
    const nothing = { conversionLift: null, revenueLift: null, extraRevenueFen: null };
    expect(liftsOf(arm(9, 3), arm(500, 20))).toEqual(nothing);
    expect(liftsOf(arm(500, 20), arm(0, 0))).toEqual(nothing);
    expect(liftsOf(arm(500, 0), arm(500, 0))).toEqual(nothing);
  });

  test("is shown but not called significant on a handful of buyers", () => {
    const { conversionLift } = liftsOf(arm(100, 0), arm(12, 2));
    expect(conversionLift?.pValue).toBeLessThan(0.05);
    expect(conversionLift?.significant).toBe(false);
  });

  test("has no revenue lift where nobody's revenue differs", () => {
    const { conversionLift, revenueLift } = liftsOf(arm(50, 9, 0), arm(50, 5, 0));
    expect(conversionLift).not.toBeNull();
    expect(revenueLift).toBeNull();
  });
});

test("an empty arm has rates of nothing", () => {
  expect(armOf(arm(0, 0))).toEqual({
    persons: 0,
    converted: 0,
    conversionRate: 0,
    revenueFen: 0,
    revenuePerPersonFen: 0,
  });
});
