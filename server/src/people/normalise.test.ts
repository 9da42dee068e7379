import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalise } from "./normalise.ts";
import { phoneEnds } from "./phone-ends.ts";

const of = (namespace: string, value: string) => {
  const normal = normalise({ namespace, value });
  return normal.ok ? `${normal.identifier.namespace}=${normal.identifier.value}` : normal.why;
};

describe("one form for each identifier", () => {
  test("a mainland phone in the forms people and files write", () => {
    for (const text of [
      "13912345671",
      "+8613912345671",
      "86 139-1234-5671",
      " １３９１２３４５６７１ ",
      "008613912345671",
    ]) {
      expect(of("phone", text), text).toBe("phone=+8613912345671");
    }
    expect(of("phone", "+1 650 253 0000")).toBe("phone=+16502530000");
    expect(of("Phone", "8613912345671.0")).toBe("phone=+8613912345671");
  });
  test("an e-mail address by lower case, others only trimmed", () => {
    expect(of("email", " Li.Na@Example.CN ")).toBe("email=li.na@example.cn");
    expect(of("openid:Mini", " oAbC ")).toBe("openid:Mini=oAbC");
    expect(of("member:天猫", "A1")).toBe("member:天猫=A1");
  });
  test("what names nobody is refused with its reason", () => {
    const refused: Record<string, string[]> = {
      placeholder: [
        "0",
        "null",
        "NULL",
        "unknown",
        "N/A",
        "未知",
        "00000000-0000-0000-0000-000000000000",
        "[object Object]",
      ],
      masked: ["138****1234", "王**", "o***x"],
      empty: ["", "   "],
      "too-long": ["x".repeat(257), "x".repeat(100_000)],
    };
    for (const [why, values] of Object.entries(refused)) {
      for (const value of values) expect(of("user", value), value.slice(0, 40)).toBe(why);
    }
    for (const phone of ["13800000000", "18888888888"]) {
      expect(of("phone", phone), phone).toBe("placeholder");
    }
    for (const phone of ["12345", "1.39E+10", "电话", "+99912345"])
      expect(of("phone", phone), phone).toBe("not-a-phone");
    for (const email of ["a", "a@b", "a b@c.cn", "@x.cn"])
      expect(of("email", email), email).toBe("not-an-email");
    expect(of("noreply", "x")).toBe("noreply=x");
    expect(of("email", "noreply@shop.cn")).toBe("placeholder");
    for (const namespace of ["", "手机", "a b", "x:", ":x", "n".repeat(60)]) {
      expect(of(namespace, "v"), namespace).toBe("bad-namespace");
    }
  });
  test("the normal form of a normal form is itself", () => {
    const values = fc.oneof(
      fc.string(),
      fc.emailAddress(),
      fc.integer({ min: 13000000000, max: 19999999999 }).map(String),
    );
    fc.assert(
      fc.property(fc.constantFrom("phone", "email", "user", "openid:x"), values, (namespace, value) => {
        const once = normalise({ namespace, value });
        if (once.ok) expect(normalise(once.identifier)).toEqual(once);
      }),
    );
  });
});

test("the ends of a phone meet those of its masked form", () => {
  expect(phoneEnds("+8613856781234")).toBe("138…1234");
  expect(phoneEnds("138****1234")).toBe("138…1234");
  expect(phoneEnds("+16502530000")).toBeNull();
  expect(phoneEnds("138**1234")).toBeNull();
});
