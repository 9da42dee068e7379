import fc from "fast-check";
import { isValidPhoneNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { expect, test } from "vitest";
import { maskedPhone, mostFamilies, phoneOf, phonesPerFamily } from "./phones.ts";

const anySlot = fc.record({
  seed: fc.nat(),
  family: fc.nat({ max: mostFamilies - 1 }),
  slot: fc.nat({ max: phonesPerFamily - 1 }),
});

test("every phone is a valid mainland mobile, and plainly made up", () => {
  fc.assert(
    fc.property(anySlot, ({ seed, family, slot }) => {
      const phone = phoneOf(seed, family, slot);
      expect(phone).toMatch(/^1\d{2}00\d{6}$/);
      expect(isValidPhoneNumber(phone, "CN"), phone).toBe(true);
      expect(parsePhoneNumberFromString(phone, "CN")!.getType()).toBe("MOBILE");
    }),
    { numRuns: 1000 },
  );
});

test("no two slots share a phone", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.uniqueArray(fc.nat({ max: mostFamilies * phonesPerFamily - 1 }), { minLength: 50, maxLength: 200 }),
      (seed, slots) => {
        const phones = slots.map((slot) =>
          phoneOf(seed, Math.floor(slot / phonesPerFamily), slot % phonesPerFamily),
        );
        expect(new Set(phones).size).toBe(slots.length);
      },
    ),
  );
});

test("nor do slots half or a fifth of the whole space apart, where a factor not prime to it would fold", () => {
  const all = mostFamilies * phonesPerFamily;
  const at = (seed: number, n: number) => phoneOf(seed, Math.floor(n / phonesPerFamily), n % phonesPerFamily);
  fc.assert(
    fc.property(fc.nat(), fc.nat({ max: all / 2 - 1 }), (seed, n) => {
      expect(at(seed, n)).not.toBe(at(seed, n + all / 2));
      expect(at(seed, n)).not.toBe(at(seed, n + all / 5));
    }),
  );
});

test("a masked phone shows its first three and last four digits, and is no phone", () => {
  expect(maskedPhone("13800123456")).toBe("138****3456");
  expect(isValidPhoneNumber("138****3456", "CN")).toBe(false);
});
