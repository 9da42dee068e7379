import { describe, expect, test } from "vitest";
import { dateImpossible, dateKey, dateMarks, type KeptChild, mergeChild, uniteChildren } from "./children.ts";

const child = (parts: Partial<KeptChild>): KeptChild => {
  const { bornOn = null, dueOn = null } = parts;
  return {
    node: 1,
    key: dateKey(bornOn, dueOn),
    gender: null,
    genderCode: null,
    name: null,
    gestationDays: null,
    adoptedOn: null,
    birthOrder: null,
    marks: [],
    statedBy: "source:1",
    statedAt: new Date("2026-01-01T00:00:00Z"),
    ...parts,
    bornOn,
    dueOn,
  };
};
const later = new Date("2026-05-01T00:00:00Z");

describe("which child is meant", () => {
  test("the same date said twice, by whomever, is one child", () => {
    const kept = [child({ bornOn: "2026-01-10" })];
    expect(mergeChild(kept, child({ bornOn: "2026-01-10", node: 2, statedBy: "import:3" })).change).toBe(
      "none",
    );
    expect(mergeChild(kept, child({ bornOn: "2026-01-10", key: "c1" })).change).toBe("none");
    expect(mergeChild(kept, child({ bornOn: "2024-01-10" })).change).toBe("add");
  });
  test("a source that tells two apart has twins", () => {
    const kept = [child({ bornOn: "2026-01-10", key: "c1" })];
    expect(mergeChild(kept, child({ bornOn: "2026-01-10", key: "c2" })).change).toBe("add");
    expect(mergeChild(kept, child({ bornOn: "2026-01-10", key: "x", statedBy: "source:2" })).change).toBe(
      "none",
    );
  });
  test("a birth within sixty days of the due date is that child, and the due date stays known", () => {
    const kept = [child({ dueOn: "2026-04-01" })];
    const merge = mergeChild(kept, child({ bornOn: "2026-03-20", statedAt: later }));
    expect(merge).toMatchObject({ change: "update", child: { bornOn: "2026-03-20", dueOn: "2026-04-01" } });
    expect(mergeChild(kept, child({ bornOn: "2026-07-01" })).change).toBe("add");
  });
  test("a due date said after the birth brings no second child back", () => {
    const kept = [child({ bornOn: "2026-03-20" })];
    expect(mergeChild(kept, child({ dueOn: "2026-04-01", statedAt: later }))).toMatchObject({
      change: "update",
      child: { bornOn: "2026-03-20", dueOn: "2026-04-01" },
    });
  });
  test("a correction under the source's own key changes the date; an older word does not", () => {
    const kept = [child({ bornOn: "2026-01-10", key: "c1", statedAt: later })];
    expect(mergeChild(kept, child({ bornOn: "2026-01-11", key: "c1", statedAt: later }))).toMatchObject({
      change: "update",
      child: { bornOn: "2026-01-11" },
    });
    expect(mergeChild(kept, child({ bornOn: "2025-12-01", key: "c1" })).change).toBe("none");
  });
  test("an unknown gender never replaces a known one", () => {
    const kept = [child({ bornOn: "2026-01-10", gender: "female" })];
    expect(mergeChild(kept, child({ bornOn: "2026-01-10", gender: "unknown", statedAt: later })).change).toBe(
      "none",
    );
  });
});

test("persons who became one show each child once, and keep their twins", () => {
  const united = uniteChildren([
    child({ dueOn: "2026-04-01" }),
    child({ bornOn: "2026-03-20", node: 2 }),
    child({ bornOn: "2026-03-20", node: 3, statedBy: "source:2" }),
    child({ bornOn: "2020-01-01", key: "a" }),
    child({ bornOn: "2020-01-01", key: "b" }),
  ]);
  expect(united.map(({ bornOn, dueOn }) => bornOn ?? dueOn)).toEqual([
    "2026-03-20",
    "2020-01-01",
    "2020-01-01",
  ]);
});

test("impossible dates are marked", () => {
  const marks = (bornOn: string | null, dueOn: string | null = null) =>
    dateMarks({ bornOn, dueOn }, "2026-06-01");
  for (const born of ["1884-01-01", "2084-01-01", "2026-06-02", "1989-12-31"])
    expect(marks(born), born).toEqual([dateImpossible]);
  for (const born of ["1990-01-01", "2026-06-01"]) expect(marks(born), born).toEqual([]);
  expect(marks(null, "2027-03-28")).toEqual([]);
  expect(marks(null, "2027-03-29")).toEqual([dateImpossible]);
  expect(marks(null, null)).toEqual([dateImpossible]);
});
