import { heightCm, monthReached } from "../growth.ts";
import { months, type StageMoment } from "../stage-moment.ts";

const source = {
  zh: "号型按 GB/T 1335.3-2009（身高 52–80 cm 每 7 cm 一档，之后每 10 cm 一档），身高中位数按世界卫生组织儿童生长标准（2006）；WS/T 423-2022 略高于它",
  en: "Sizes by GB/T 1335.3-2009 (by 7 cm of height from 52 to 80 cm, then by 10 cm); median height by the WHO Child Growth Standards (2006); those of WS/T 423-2022 are slightly higher",
};

/** A size fits up to its height; a child wears it from where the one before has become too short. */
const sizes = [59, 66, 73, 80, 90, 100, 110, 120] as const;

export const clothing: StageMoment<"clothing"> = {
  kind: "clothing",
  entries: sizes.map((size, i) => {
    const fromCm = i === 0 ? 0 : (sizes[i - 1] as number);
    const [girl, boy] = [monthReached(heightCm.girl, fromCm), monthReached(heightCm.boy, fromCm)];
    return {
      id: `clothing-${size}`,
      kind: "clothing" as const,
      name: { zh: `童装 ${size} 码`, en: `Clothing size ${size}` },
      from: months(Math.round((girl + boy) * 5) / 10),
      girl: months(girl),
      boy: months(boy),
      until: null,
      age: "corrected" as const,
      note: i === 0 ? null : { zh: `身高约 ${fromCm} cm 起`, en: `From about ${fromCm} cm` },
      source,
    };
  }),
};
