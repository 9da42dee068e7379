import fc from "fast-check";
import { expect, test } from "vitest";
import { readDate, readInstant } from "./instants.ts";

const shanghai = "Asia/Shanghai";
const at = (text: string) => Date.parse(text);

test.each([
  ["2026-01-31T08:00:00.123Z", "2026-01-31T08:00:00.123Z"],
  ["2026-01-31T16:00:00.123+08:00", "2026-01-31T08:00:00.123Z"],
  ["2026-01-31T16:00:00+0800", "2026-01-31T08:00:00Z"],
  ["2026-01-31T16:00:00", "2026-01-31T08:00:00Z"],
  ["2026-01-31 16:00:00", "2026-01-31T08:00:00Z"],
  [1769846400, "2026-01-31T08:00:00Z"],
  ["1769846400", "2026-01-31T08:00:00Z"],
  [1769846400123, "2026-01-31T08:00:00.123Z"],
  ["1769846400123", "2026-01-31T08:00:00.123Z"],
  ["2026-01-31", "2026-01-30T16:00:00Z"],
  ["2026/1/31 16:00:00", "2026-01-31T08:00:00Z"],
  ["2026/1/31 9:05", "2026-01-31T01:05:00Z"],
  ["20260131", "2026-01-30T16:00:00Z"],
  [-2700000000, "1884-06-10T00:00:00Z"],
])("%s is %s", (written, instant) => {
  expect(new Date(readInstant(written, shanghai) as number).toISOString()).toBe(
    new Date(instant).toISOString(),
  );
});

test.each([
  "",
  "yesterday",
  "2026-02-30",
  "2026-13-01T00:00:00Z",
  "2026-01-31T25:00:00Z",
  null,
  {},
  Number.NaN,
  true,
  "99999999999999999",
])("%s is no time", (written) => expect(readInstant(written, shanghai)).toBeNull());

test.each([
  "2026-01-31T08:00:61.000Z",
  "2026-01-31T08:00:0x.000Z",
  "2026-01-31T08:00:00.0a0Z",
  "2026-01-31T08:00:00.000z!",
])("%s is no time, whatever was read before it", (written) => {
  readInstant("2026-01-31T08:00:59.999Z", shanghai);
  expect(readInstant(written, shanghai)).toBeNull();
});

test("what we write we read", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1950-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
      (date) => {
        expect(readInstant(date.toISOString(), shanghai)).toBe(date.getTime());
      },
    ),
  );
});

test("the zone's own clock decides, also where it is turned twice a year", () => {
  expect(readInstant("2026-07-01T12:00:00", "Europe/Berlin")).toBe(at("2026-07-01T10:00:00Z"));
  expect(readInstant("2026-01-01T12:00:00", "Europe/Berlin")).toBe(at("2026-01-01T11:00:00Z"));
});

test.each([
  ["2009/10/7", "2009-10-07"],
  ["20120130", "2012-01-30"],
  ["2026-01-31T23:30:00Z", "2026-02-01"],
  ["2026-01-31T23:30:00", "2026-01-31"],
  ["1884-05-01", "1884-05-01"],
  ["2012-02-30", null],
])("the date of %s is %s", (written, date) => expect(readDate(written, shanghai)).toBe(date));
