import { expect, test } from "vitest";
import type { Held } from "../events/quarantine.ts";
import { quarantinedRecords } from "./quarantined-records.ts";

/** What was refused together is committed together, however much it is. */

const monday = Date.parse("2026-06-01T04:00:00Z");

test("ten thousand records are one commit for each batch that they came by, each answered by itself", async () => {
  const commits: { source: number; received: number; records: number }[] = [];
  const kind = quarantinedRecords({
    readItem: (_kind, item) => (item === "bad" ? { code: "records/invalid" } : ({ key: item } as never)),
    commit: async ({ source, received }, records) => {
      commits.push({ source, received, records: records.length });
      return records.map(({ key }) => ({ outcome: key === "nobody" ? "nobody" : "added" }) as never);
    },
  });
  const held = (id: number, record: string, at = monday): Held => ({
    ...{ id, source: 3, import: null, file: null, line: null, recordLine: null, code: "x" },
    ...{ item: { kind: "order", record }, at: new Date(at) },
  });
  const items = Array.from({ length: 10_000 }, (_, i) => held(i, `A${i}`, monday + (i % 2)));
  items[4] = held(4, "bad");
  items[6] = held(6, "nobody");
  items[8] = { ...held(8, "A8"), item: "no record" };
  const outcomes = await kind.replay({ id: 1, timeZone: "Asia/Shanghai" } as never, items, {} as never);
  expect(commits).toEqual([
    { source: 3, received: monday, records: 4_998 },
    { source: 3, received: monday + 1, records: 5_000 },
  ]);
  expect(outcomes.filter((one) => one === "taken")).toHaveLength(9_997);
  expect([outcomes[4], outcomes[6], outcomes[8]]).toEqual(
    ["records/invalid", "records/nobody", "records/invalid"].map((refused) => ({ refused })),
  );
});
