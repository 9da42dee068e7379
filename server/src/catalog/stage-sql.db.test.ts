import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestEngines, testEngines } from "../../test/engines.ts";
import { ch, date, type Statement } from "../platform/clickhouse.ts";
import { addDays } from "./calendar.ts";
import { ageDaysSql, stageSql } from "./stage-sql.ts";
import { ageDays, earlyDays, stageOn } from "./stages.ts";

let engines: TestEngines;
beforeAll(async () => {
  engines = await testEngines();
});
afterAll(() => engines.close());

const dateOrNull = (value: string | null): Statement =>
  value === null ? ch`cast(null as Nullable(Date32))` : ch`cast(${date(value)} as Nullable(Date32))`;

test("SQL and memory place every child in the same stage", async () => {
  const on = fc.integer({ min: 0, max: 4_000 }).map((n) => addDays("2019-01-01", n));
  // Ends of months, leap days and stage edges are where the two could part.
  const near = fc.oneof(
    fc.integer({ min: -500, max: 2_500 }),
    fc.constantFrom(
      -322,
      -280,
      -182,
      -84,
      -42,
      0,
      28,
      30,
      31,
      59,
      60,
      89,
      90,
      181,
      365,
      366,
      730,
      2191,
      2192,
    ),
  );
  const child = fc.record({
    on,
    bornAgo: fc.option(near),
    dueAgo: fc.option(near),
    gestation: fc.option(fc.integer({ min: 150, max: 300 })),
    adoptedAfter: fc.option(fc.integer({ min: -40, max: 1500 }), { freq: 2 }),
  });
  const cases = fc
    .sample(fc.array(child, { minLength: 400, maxLength: 400 }), { numRuns: 5, seed: 7 })
    .flat();
  const edges = ["2024-02-29", "2025-02-28", "2024-01-31", "2023-12-31", "2024-03-31"].flatMap((born) =>
    Array.from({ length: 80 }, (_, i) => ({
      ...{ on: addDays(born, i * 30 + (i % 5) - 300), born, due: null, adopted: null },
      gestation: i % 3 === 0 ? 200 + i : null,
    })),
  );
  const all = [
    ...cases.map(({ on: day, bornAgo, dueAgo, gestation, adoptedAfter }) => ({
      on: day,
      gestation,
      adopted: adoptedAfter === null ? null : addDays(day, adoptedAfter - (bornAgo ?? 0)),
      born: bornAgo === null ? null : addDays(day, -bornAgo),
      due: dueAgo === null ? null : addDays(day, -dueAgo),
    })),
    ...edges,
  ];
  await engines.clickhouse.command(
    ch`create table stage_case (n UInt32, on_date Date32, born Nullable(Date32), due Nullable(Date32),
      early UInt16, adopted Nullable(Date32)) engine = Memory`,
  );
  await engines.clickhouse.insert(
    "stage_case",
    all.map((one, n) => ({
      ...{ n, on_date: one.on, born: one.born, due: one.due, adopted: one.adopted },
      early: earlyDays({ bornOn: one.born, gestationDays: one.gestation }),
    })),
  );
  const columns = { early: ch`early`, adoptedOn: ch`adopted` };
  const rows = await engines.clickhouse.query<{ stage: string; age: number | null }>(
    ch`select ${stageSql(ch`born`, ch`due`, ch`on_date`, columns)} as stage, ${ageDaysSql(ch`born`, ch`due`, ch`on_date`)} as age
       from stage_case order by n`,
  );
  const seen = new Set<string>();
  for (const [n, one] of all.entries()) {
    const dates = {
      ...{ bornOn: one.born, dueOn: one.due },
      ...{ gestationDays: one.gestation, adoptedOn: one.adopted },
    };
    expect({ ...one, ...rows[n] }).toEqual({
      ...one,
      stage: stageOn(dates, one.on) ?? "",
      age: ageDays(dates, one.on),
    });
    seen.add(rows[n]?.stage ?? "");
  }
  // Every stage but "trying", which no date tells, and the empty one.
  expect(seen.size).toBe(11);
});

test("the date may be a bound value", async () => {
  const [row] = await engines.clickhouse.query<{ stage: string }>(
    ch`select ${stageSql(dateOrNull("2026-01-31"), dateOrNull(null), date("2026-02-28"))} as stage`,
  );
  expect(row?.stage).toBe("1-3");
});
