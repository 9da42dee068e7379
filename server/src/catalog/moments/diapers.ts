import { monthReached, weightKg } from "../growth.ts";
import { months, type StageMoment } from "../stage-moment.ts";

const source = {
  zh: "包装上通行的体重段（NB ≤5、S 4–8、M 6–11、L 9–14、XL 12–17 kg、XXL ≥15 kg），体重中位数按世界卫生组织儿童生长标准（2006）；WS/T 423-2022 略高于它",
  en: "Weight bands as printed on packs (NB to 5, S 4–8, M 6–11, L 9–14, XL 12–17 kg, XXL from 15 kg); median weight by the WHO Child Growth Standards (2006); those of WS/T 423-2022 are slightly higher",
};

/** A size is changed where the bands of two sizes overlap, in the middle; the median child gets there at this month. */
const bands = [
  { size: "NB", fromKg: 0 },
  { size: "S", fromKg: 4.5 },
  { size: "M", fromKg: 7 },
  { size: "L", fromKg: 10 },
  { size: "XL", fromKg: 13 },
  { size: "XXL", fromKg: 16 },
] as const;

export const diapers: StageMoment<"diapers"> = {
  kind: "diapers",
  entries: bands.map(({ size, fromKg }) => {
    const [girl, boy] = [monthReached(weightKg.girl, fromKg), monthReached(weightKg.boy, fromKg)];
    return {
      id: `diapers-${size.toLowerCase()}`,
      kind: "diapers" as const,
      name: { zh: `纸尿裤 ${size} 码`, en: `Diapers size ${size}` },
      from: months(Math.round((girl + boy) * 5) / 10),
      girl: months(girl),
      boy: months(boy),
      until: null,
      age: "corrected" as const,
      note: fromKg === 0 ? null : { zh: `体重约 ${fromKg} kg 起`, en: `From about ${fromKg} kg` },
      source,
    };
  }),
};
