import { describe, expect, test } from "vitest";
import { pending } from "./migrations.ts";
import { Trouble } from "./trouble.ts";

const known = [
  { name: "0001_a.sql", text: "", checksum: "a" },
  { name: "0002_b.sql", text: "", checksum: "b" },
];

describe("what is still to do", () => {
  test("is what was not done yet, in order", () => {
    expect(pending(known, [])).toEqual(known);
    expect(pending(known, [{ name: "0001_a.sql", checksum: "a" }])).toEqual(known.slice(1));
  });

  test("is nobody's guess when the data knows another text, or a migration that we do not", () => {
    expect(() => pending(known, [{ name: "0001_a.sql", checksum: "changed" }])).toThrow(Trouble);
    expect(() => pending(known, [{ name: "0003_newer.sql", checksum: "c" }])).toThrow(/0003_newer/);
  });
});
