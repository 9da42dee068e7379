import { Role, type Scope, scopesOf } from "@stork/contract/access.ts";
import { expect, test } from "vitest";

const holders = (scope: Scope): Role[] => Role.options.filter((role) => scopesOf[role].includes(scope));

test("only owners and compliance look behind the masks, answer people's requests and let their data out", () => {
  for (const scope of ["people:reveal", "rights:write", "exports:approve"] as const) {
    expect(holders(scope), scope).toEqual(["owner", "compliance"]);
  }
});

test("a viewer changes nothing; settings are the owner's", () => {
  expect(scopesOf.viewer.filter((scope) => !scope.endsWith(":read"))).toEqual([]);
  expect(holders("settings:write")).toEqual(["owner"]);
});

test("whoever may let an export out is one of two: a marketer who asks cannot approve", () => {
  expect(scopesOf.marketer).toContain("exports:write");
  expect(scopesOf.marketer).not.toContain("exports:approve");
});
