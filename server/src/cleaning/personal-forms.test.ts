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
    { numRuns: 20_000 },
  );
});

test("a long text is read in a moment", () => {
  for (const one of ["文", "文三路", "1", "1 ", "a@", "浙江省", "0571-", "62 "]) {
    const before = process.cpuUsage();
    withoutPersonal(one.repeat(30_000 / one.length), { numbers: true, houses: true });
    expect(process.cpuUsage(before).user, one).toBeLessThan(1_000_000);
  }
});
