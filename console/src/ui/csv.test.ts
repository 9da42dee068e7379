import { expect, test } from "vitest";
import { csv } from "./download.ts";

test("a table opens as UTF-8, quotes what needs it and runs no formula", () => {
  expect(
    csv(
      ["名称", "n"],
      [
        ['a"b,c', 1],
        ["=1+1", null],
      ],
    ),
  ).toBe('\uFEFF名称,n\r\n"a""b,c",1\r\n\'=1+1,\r\n');
});
