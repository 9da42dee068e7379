import { months, type StageMoment } from "../stage-moment.ts";

/** The national standards' own bounds of age, for children who drink formula at all; breast milk comes first. */
export const formula: StageMoment<"formula"> = {
  kind: "formula",
  entries: [
    {
      step: 1,
      from: 0,
      until: 6,
      zh: "GB 10765-2021 婴儿配方食品（0–6 月龄）",
      en: "GB 10765-2021 Infant formula (0–6 months)",
    },
    {
      ...{ step: 2, from: 6, until: 12 },
      ...{
        zh: "GB 10766-2021 较大婴儿配方食品（6–12 月龄）",
        en: "GB 10766-2021 Older infant formula (6–12 months)",
      },
    },
    {
      ...{ step: 3, from: 12, until: 36 },
      ...{
        zh: "GB 10767-2021 幼儿配方食品（12–36 月龄）",
        en: "GB 10767-2021 Young children's formula (12–36 months)",
      },
    },
    {
      ...{ step: 4, from: 36, until: 72 },
      ...{
        zh: "儿童调制乳粉，企业标准（3 岁以上无国家配方标准）",
        en: "Growing-up milk by makers' own standards (none national from 3 years)",
      },
    },
  ].map(({ step, from, until, zh, en }) => ({
    id: `formula-${step}`,
    kind: "formula" as const,
    name: { zh: `${step} 段奶粉`, en: `Formula step ${step}` },
    from: months(from),
    until: months(until),
    age: "corrected" as const,
    note: null,
    source: { zh, en },
  })),
};
