import { type StageMoment, weeks } from "../stage-moment.ts";

const source = {
  zh: "孕前和孕期保健指南（2018），中华医学会妇产科学分会",
  en: "Guideline of preconception and prenatal care (2018), Chinese Society of Obstetrics and Gynecology",
};
const custom = { zh: "通常做法，非标准", en: "What is usual; no standard" };

export const prenatal: StageMoment<"prenatal"> = {
  kind: "prenatal",
  entries: [
    ["nt", "NT 检查", "Nuchal translucency scan", 11, 14, source],
    ["anomaly", "胎儿系统超声（大排畸）", "Anomaly scan", 20, 24, source],
    ["ogtt", "糖耐量检查（OGTT）", "Glucose tolerance test", 24, 28, source],
    ["bag", "准备待产包", "Pack the hospital bag", 32, 36, custom],
    ["term", "足月，随时可能出生", "Full term, birth may come any day", 37, 42, source],
  ].map(([id, zh, en, from, until, by]) => ({
    id: `prenatal-${id}`,
    kind: "prenatal" as const,
    name: { zh: String(zh), en: String(en) },
    from: weeks(Number(from)),
    until: weeks(Number(until)),
    age: "actual" as const,
    note: null,
    source: by as typeof source,
  })),
};
