import { expect, test } from "vitest";
import type { CommittedRow } from "./committed-row.ts";
import { SourceTail } from "./source-tail.ts";
import { lagAt, lagClass, SourceTally } from "./source-tally.ts";

const now = Date.parse("2026-06-01T04:00:30Z");
const row = (source: number, received: number, at = received, more: object = {}): CommittedRow =>
  ({
    event: { at, message: `${at}`, identifiers: [] },
    node: 1,
    origin: { workspace: 1, source, import: 0, received, ...more },
  }) as never;

test("counts by source and minute, how late each came, and what was refused", () => {
  const tally = new SourceTally();
  tally.committed([row(1, now), row(1, now, now - 3_000), row(1, now - 60_000), row(2, now)], now);
  tally.refused(1, "collect/no-identity", 3, now);
  const [one, two] = tally.drain();
  const minute = now - 30_000;
  expect(one).toMatchObject({
    source: 1,
    firstAt: now - 60_000,
    lastAt: now,
    refused: { code: "collect/no-identity", at: now },
  });
  expect(one?.counts).toEqual(
    expect.arrayContaining([
      { minute, what: "events", count: 2 },
      { minute: minute - 60_000, what: "events", count: 1 },
      { minute, what: "lag:2", count: 1 },
      { minute, what: "refused:collect/no-identity", count: 3 },
    ]),
  );
  expect(two).toMatchObject({ source: 2 });
  expect(tally.drain()).toEqual([]);
});

test("a history is counted by the day, and an import has no lag", () => {
  const tally = new SourceTally();
  const old = now - 100 * 86_400_000;
  tally.committed(
    [row(1, old, old - 5_000, { import: 7 }), row(1, old + 3_600_000, old, { import: 7 })],
    now,
  );
  expect(tally.drain()[0]?.counts).toEqual([{ minute: old - (old % 86_400_000), what: "events", count: 2 }]);
  // A past that is told up to now came no more by itself than that of a file.
  tally.committed([row(1, now - 1_800_000)], now);
  expect(tally.drain()[0]?.counts).toEqual([{ minute: now - 1_830_000, what: "events", count: 1 }]);
});

test.each([
  [-5_000, 0],
  [0, 0],
  [1_000, 0],
  [1_001, 1],
  [2_000, 1],
  [2_001, 2],
  [4_000, 2],
  [1e15, 23],
])("%d ms late is class %d", (ms, class_) => expect(lagClass(ms)).toBe(class_));

test("the lag that a share did not exceed", () => {
  expect(lagAt(new Map(), 0.5)).toBeNull();
  const classes = new Map([
    [0, 90],
    [3, 8],
    [10, 2],
  ]);
  expect([lagAt(classes, 0.5), lagAt(classes, 0.95), lagAt(classes, 1)]).toEqual([1, 8, 1024]);
});

test("the tail keeps the newest, and shows what was refused without saying whom it was about", () => {
  const tail = new SourceTail();
  tail.committed(Array.from({ length: 120 }, (_, i) => row(1, now + i)));
  tail.refused(
    1,
    "collect/no-event-name",
    { userId: "u-secret", traits: { name: "王小明" }, properties: { call: "13912345670", sku: "F" } },
    now,
  );
  const { accepted, refused } = tail.of(1);
  expect([accepted.length, accepted[0]?.origin.received]).toEqual([50, now + 119]);
  expect(refused[0]?.item).toContain('"sku":"F"');
  expect(refused[0]?.item).not.toMatch(/secret|王小明|13912345670/);
});
