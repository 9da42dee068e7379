import { describe, expect, test } from "vitest";
import { type OpenAlert, type OpenPart, reconcile } from "./alert.ts";
import type { Examined } from "./examine.ts";

const now = Date.UTC(2026, 5, 3, 4);
const minutes = (count: number): number => count * 60_000;

const figure = (breached: boolean, field = "price", more: Partial<Examined> = {}): Examined => ({
  ...{ indicator: "field-missing", source: 1, name: "A", field, value: 1, of: 20, usual: 0, breached },
  ...{ chance: 1e-12, since: now, bounds: () => ({ low: null, high: null }), ...more },
});
const part = (minutesAgo: number, more: Partial<OpenPart> = {}): OpenPart => ({
  ...{ id: 70, indicator: "field-missing", name: "A", field: "price", worst: 1, mended: false },
  ...{ lastAt: now - minutes(minutesAgo), ...more },
});
const alert = (parts: readonly OpenPart[], more: Partial<OpenAlert> = {}): OpenAlert => ({
  ...{ id: 7, source: 1, state: "open", since: now, snoozedUntil: null, parts, ...more },
});

describe("an alert of one figure", () => {
  test("opens once, goes on while it is bad, and ends after three minutes of being well", () => {
    expect(reconcile([], [figure(true)], now).open).toHaveLength(1);
    expect(reconcile([alert([part(1)])], [figure(true)], now)).toMatchObject({
      ...{ open: [], join: [], again: [{}], mend: [], resolve: [] },
    });
    expect(reconcile([alert([part(1)])], [figure(false)], now).resolve).toEqual([]);
    expect(reconcile([alert([part(4)])], [figure(false)], now).resolve).toHaveLength(1);
  });

  test("stays while nothing is heard, up to a day; a snooze ends by itself", () => {
    expect(reconcile([alert([part(600)])], [], now).resolve).toEqual([]);
    expect(reconcile([alert([part(1500)])], [], now).resolve).toHaveLength(1);
    const snoozed = alert([part(1)], { state: "snoozed", snoozedUntil: now - 1 });
    expect(reconcile([snoozed], [figure(true)], now).wake).toHaveLength(1);
    expect(reconcile([snoozed], [], now)).toMatchObject({ again: [], resolve: [], wake: [snoozed] });
  });
});

describe("what breaks together", () => {
  const garbled = (field: string, name = "A", since = now): Examined =>
    figure(true, field, { indicator: "text-garbled", name, since });

  test("is one alert of a source and a cause, and not of two", () => {
    const { open } = reconcile(
      [],
      [
        garbled("brand"),
        garbled("name", "B", now - minutes(2)),
        figure(true, "series", { indicator: "value-new" }),
        figure(true, "price"),
        figure(true, "brand", { indicator: "text-garbled", source: 2 }),
      ],
      now,
    );
    expect(open.map((ones) => ones.map(({ field }) => field))).toEqual([
      ["name", "brand", "series"],
      ["price"],
      ["brand"],
    ]);
  });

  test("takes in what begins within minutes, and later only what is surely the same", () => {
    const price = (field: string, since: number) => figure(true, field, { since, name: "B" });
    const begun = (minutesAgo: number) =>
      alert([part(0)], { since: now - minutes(minutesAgo), state: "snoozed", snoozedUntil: now + 1 });
    expect(reconcile([begun(5)], [figure(true), price("brand", now)], now).join).toHaveLength(1);
    expect(reconcile([begun(40)], [figure(true), price("brand", now)], now).open).toHaveLength(1);
    // The same field of a rarer event, as it shows in its first orders.
    expect(reconcile([begun(40)], [figure(true), price("products[].price", now)], now).join).toHaveLength(1);
    expect(
      reconcile([begun(26 * 60)], [figure(true), price("products[].price", now)], now).open,
    ).toHaveLength(1);
    // A sender has one encoding.
    const text = alert([part(0, { indicator: "text-garbled", field: "brand" })], {
      since: now - minutes(300),
    });
    expect(reconcile([text], [garbled("brand"), garbled("title", "C")], now)).toMatchObject({
      ...{ open: [], join: [{ part: null, figure: { field: "title" } }] },
    });
  });

  test("is mended when all of it is; what breaks again meanwhile is the part it was", () => {
    const two = [part(4), part(1, { id: 71, field: "brand" })];
    const well = [figure(false), figure(false, "brand")];
    expect(reconcile([alert(two)], well, now)).toMatchObject({ mend: [{ part: two[0] }], resolve: [] });
    const half = [part(4, { mended: true }), part(4, { id: 71, field: "brand" })];
    expect(reconcile([alert(half)], well, now)).toMatchObject({ mend: [{ part: half[1] }], resolve: [{}] });
    const back = reconcile([alert(half)], [figure(true), figure(false, "brand")], now);
    expect(back).toMatchObject({ open: [], join: [{ part: half[0] }], resolve: [] });
  });
});
