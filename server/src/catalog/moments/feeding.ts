import { months, type StageMoment } from "../stage-moment.ts";

const who = {
  zh: "世界卫生组织 6–23 月龄辅食添加指南（2023）；中国居民膳食指南（2022）7–24 月龄",
  en: "WHO guideline for complementary feeding of children 6–23 months (2023); Chinese Dietary Guidelines (2022)",
};
const guide = {
  zh: "中国居民膳食指南（2022）7–24 月龄婴幼儿喂养指南",
  en: "Chinese Dietary Guidelines (2022), feeding at 7–24 months",
};
const early = {
  zh: "早产儿按矫正月龄，并以医生意见为准",
  en: "For children born early by corrected age, and as their doctor says",
};

/** By corrected age. */
export const feeding: StageMoment<"feeding"> = {
  kind: "feeding",
  entries: [
    {
      ...{ id: "food-first", name: { zh: "开始添加辅食（富铁泥糊）", en: "First food (iron-rich purée)" } },
      ...{ from: months(6), until: months(8), note: early, source: who },
    },
    {
      ...{ id: "food-lumps", name: { zh: "碎末状辅食、手指食物", en: "Lumps and finger food" } },
      ...{ from: months(8), until: months(12), note: null, source: guide },
    },
    {
      ...{ id: "food-family", name: { zh: "逐步过渡到家庭饭菜", en: "Towards the family's meals" } },
      ...{ from: months(12), until: months(24), note: null, source: guide },
    },
  ].map((entry) => ({ ...entry, kind: "feeding" as const, age: "corrected" as const })),
};
