import { months, type StageMoment } from "../stage-moment.ts";

const source = {
  zh: "鞋号按 GB/T 3293.1-1998（足长毫米数）；足长随月龄为各品牌尺码表的约数，请以自家尺码表替换",
  en: "Sizes by GB/T 3293.1-1998 (length of the foot in mm); length by age is a round figure of makers' charts, to be replaced by your own",
};

/** First shoes when a child walks, about its first birthday; then a size every few months. */
export const shoes: StageMoment<"shoes"> = {
  kind: "shoes",
  entries: [
    [120, 11],
    [125, 14],
    [130, 16],
    [135, 19],
    [140, 23],
    [145, 27],
    [150, 31],
    [155, 36],
    [160, 41],
    [165, 46],
    [170, 52],
    [175, 58],
    [180, 64],
    [185, 70],
  ].map(([size, month]) => ({
    id: `shoes-${size}`,
    kind: "shoes" as const,
    name:
      size === 120
        ? { zh: "学步鞋 120（足长约 12 cm）", en: "First shoes, size 120 (foot about 12 cm)" }
        : { zh: `童鞋 ${size}`, en: `Shoes size ${size}` },
    from: months(month as number),
    until: null,
    age: "corrected" as const,
    note: null,
    source,
  })),
};
