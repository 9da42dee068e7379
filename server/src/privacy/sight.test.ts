import { Role, scopesOf } from "@stork/contract/access.ts";
import { expect, test } from "vitest";
import { type LookFor, sightOf, whatItTakes } from "./sight.ts";

const shown = (role: Role, purpose: LookFor): string =>
  sightOf(new Set(scopesOf[role]), purpose).identifier("phone", "+8613812345678");

test.each(Role.options)("at a glance the %s sees masks", (role) => {
  expect(shown(role, "glance")).toBe("138****5678");
});

test("who may see a value whole depends on what for", () => {
  const able = (purpose: LookFor) => Role.options.filter((role) => shown(role, purpose) === "+8613812345678");
  expect(Object.keys(whatItTakes).map((purpose) => [purpose, able(purpose as LookFor)])).toEqual([
    ["glance", []],
    ["reveal", ["owner", "compliance"]],
    ["mend", ["owner", "compliance"]],
    ["original", ["owner", "compliance"]],
    // Whoever asked for it takes it; that a second person said yes is checked where it is taken.
    ["export", ["owner", "marketer", "analyst"]],
    ["copy", ["owner", "compliance"]],
  ]);
});

test("a sight masks each kind of value, or none", () => {
  const masked = sightOf(new Set(), "reveal");
  const whole = sightOf(new Set(["people:reveal"]), "reveal");
  expect(masked.name("王小明")).toBe("王**");
  expect(masked.trait("mobile", "13812345678")).toBe("138****5678");
  expect(masked.address("浙江省杭州市西湖区文一路 1 号")).toBe("浙江省杭州市西湖区****");
  expect(whole.name("王小明")).toBe("王小明");
  expect(whole.trait("mobile", "13812345678")).toBe("13812345678");
  expect(whole.address("浙江省杭州市西湖区文一路 1 号")).toBe("浙江省杭州市西湖区文一路 1 号");
});
