import { describe, expect, test } from "vitest";
import { rehearse, rehearsedSources } from "./rehearsal.ts";
import type { Cell } from "./sampler.ts";

/** Two of the sources and the days of a sale: the whole quarter is `npm run -s bench -- quality --scale full`. */
const sources = rehearsedSources.slice(2, 4);
const saleEve = Date.parse("2026-06-17T00:00:00+08:00");
const noon = Date.parse("2026-06-17T12:00:00+08:00");

describe("a rehearsed shop", () => {
  test("raises no alarm on clean days, sale and night included", { timeout: 60_000 }, () => {
    const alarms = rehearse({ seed: 3, from: saleEve, days: 2, sources });
    expect(
      alarms.map(({ at, figure }) => [new Date(at).toISOString(), figure.indicator, figure.field]),
    ).toEqual([]);
  });

  const from = noon - 2 * 3_600_000;
  const broken = (change: (cell: Cell) => Cell | null) => {
    const alarms = rehearse({
      ...{ seed: 3, from, days: 0.1, sources: sources.slice(0, 1) },
      change: (cells, minute) => (minute < noon ? cells : cells.flatMap((cell) => change(cell) ?? [])),
    });
    return alarms.map(({ at, figure }) => ({
      after: (at - noon) / 60_000,
      indicator: figure.indicator,
      field: figure.field,
    }));
  };

  test("is found out when a field comes no more", { timeout: 60_000 }, () => {
    const [first] = broken((cell) => ({
      ...cell,
      counts: new Map([...cell.counts].filter(([key]) => !key.endsWith(" price"))),
    }));
    expect(first).toMatchObject({ indicator: "field-missing", field: "price" });
    expect(first?.after).toBeLessThan(10);
  });

  test("is found out when it stops, and before noon nothing was said", { timeout: 60_000 }, () => {
    const alarms = broken(() => null);
    expect(alarms[0]).toMatchObject({ indicator: "source-silent" });
    expect(alarms.every(({ after }) => after > 0)).toBe(true);
  });
});
