export interface Divisions {
  province?: string | undefined;
  city?: string | undefined;
  district?: string | undefined;
}

/** Province, city and district of an address, from its fields or from the beginning of its text. */
export function divisionsOf(address: unknown): Divisions {
  if (typeof address === "string") return divisionsOfText(address);
  if (typeof address !== "object" || address === null) return {};
  const fields = address as Record<string, unknown>;
  const pick = (...names: string[]): string | undefined => {
    const found = names
      .map((name) => fields[name])
      .find((value) => typeof value === "string" && value !== "");
    return typeof found === "string" ? found : undefined;
  };
  return {
    province: pick("province", "state", "region", "省"),
    city: pick("city", "市"),
    district: pick("district", "county", "area", "区", "县"),
  };
}

const han = "\\p{Script=Han}";
const textForm = new RegExp(
  `^\\s*(?:中国)?(?<province>${han}{2,8}?(?:省|自治区|特别行政区))?\\s*(?<city>${han}{2,10}?(?:市|自治州|地区|盟))?` +
    `\\s*(?<district>${han}{1,10}?(?:区|县|旗|市))?`,
  "u",
);

function divisionsOfText(text: string): Divisions {
  const groups = textForm.exec(text)?.groups ?? {};
  return { province: groups["province"], city: groups["city"], district: groups["district"] };
}
