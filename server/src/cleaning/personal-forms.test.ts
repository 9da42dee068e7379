import fc from "fast-check";
import { expect, test } from "vitest";
import { mayHoldPersonal, withoutPersonal } from "./personal-forms.ts";

const bits = fc.constantFrom(
  ..."0123456789０１３８ -()+.@＠X文三路小区号栋室单元浙江省杭州市a,:".split(""),
  "13812345678",
  "8613912345678",
  "0571-88889999",
  "110105491231002",
  "11010519491231002X",
  "6222021234567894",
  "+852",
  "mama@qq.com",
  "文三路 478 号",
);

test("whatever would be taken out is seen by the quick look first", () => {
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 12 }), (parts) => {
      const text = parts.join("");
      if (withoutPersonal(text, { numbers: true, houses: true }) !== text)
        expect(mayHoldPersonal(text), text).toBe(true);
    }),
    // Sixteen digits behind the two noughts of a call abroad are as many as an identity number has.
    { numRuns: 20_000, examples: [[["0", "0", "6222021234567894"]]] },
  );
});

test("a text of 32 KB made to be slow is read in a moment", () => {
  for (const one of [
    "文三路",
    "文",
    "省",
    "省 ",
    "浙江省",
    "路1",
    "路 1号",
    "1路",
    "1-",
    "0571 ",
    "+1 ",
    "62 ",
    "a.",
    "a@",
    "1 ",
  ]) {
    const text = `${one.repeat(32_000 / one.length)}1号 x@`;
    const before = process.cpuUsage();
    withoutPersonal(text, { numbers: true, houses: true });
    expect(process.cpuUsage(before).user, one).toBeLessThan(250_000);
  }
});
