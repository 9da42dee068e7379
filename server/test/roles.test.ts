import { Role, scopes } from "@stork/contract/access.ts";
import { expect, test } from "vitest";
import { mayDo } from "../../console/src/shell/roles.ts";
import { scopesOf } from "../src/platform/caller.ts";

test.each(Role.options)("the console offers the %s what the server allows, and nothing else", (role) => {
  expect(scopes.filter((scope) => mayDo(role, scope))).toEqual(
    scopes.filter((scope) => scopesOf[role].has(scope)),
  );
});
