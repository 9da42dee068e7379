import { days, months, type StageMoment } from "../stage-moment.ts";

const schedule2021 = {
  zh: "国家免疫规划疫苗儿童免疫程序及说明（2021 年版）",
  en: "National Immunization Program: childhood schedule (2021 edition), China",
};
/** From 2025-01-01 pertussis vaccine is given at 2, 4, 6 and 18 months and at 6 years instead of 3, 4, 5, 18 months and DT. */
const schedule2025 = {
  zh: "国家免疫规划疫苗儿童免疫程序及说明（2021 年版），百白破按 2025 年 1 月 1 日起的调整",
  en: "National Immunization Program: childhood schedule (2021 edition), DTaP as changed from 1 January 2025, China",
};

type Dose = readonly [id: string, zh: string, en: string, month: number];
const doses: readonly Dose[] = [
  ["hepb-1", "乙肝疫苗 第 1 剂", "Hepatitis B, dose 1", 0],
  ["bcg", "卡介苗", "BCG", 0],
  ["hepb-2", "乙肝疫苗 第 2 剂", "Hepatitis B, dose 2", 1],
  ["polio-1", "脊灰灭活疫苗 第 1 剂", "Inactivated polio, dose 1", 2],
  ["polio-2", "脊灰灭活疫苗 第 2 剂", "Inactivated polio, dose 2", 3],
  ["polio-3", "脊灰减毒活疫苗 第 3 剂", "Oral polio, dose 3", 4],
  ["hepb-3", "乙肝疫苗 第 3 剂", "Hepatitis B, dose 3", 6],
  ["mena-1", "A 群流脑多糖疫苗 第 1 剂", "Meningococcal A, dose 1", 6],
  ["mmr-1", "麻腮风疫苗 第 1 剂", "Measles, mumps, rubella, dose 1", 8],
  ["je-1", "乙脑减毒活疫苗 第 1 剂", "Japanese encephalitis (live), dose 1", 8],
  ["mena-2", "A 群流脑多糖疫苗 第 2 剂", "Meningococcal A, dose 2", 9],
  ["mmr-2", "麻腮风疫苗 第 2 剂", "Measles, mumps, rubella, dose 2", 18],
  ["hepa", "甲肝减毒活疫苗", "Hepatitis A (live)", 18],
  ["je-2", "乙脑减毒活疫苗 第 2 剂", "Japanese encephalitis (live), dose 2", 24],
  ["menac-1", "A 群 C 群流脑多糖疫苗 第 1 剂", "Meningococcal A and C, dose 1", 36],
  ["polio-4", "脊灰减毒活疫苗 第 4 剂", "Oral polio, dose 4", 48],
  ["menac-2", "A 群 C 群流脑多糖疫苗 第 2 剂", "Meningococcal A and C, dose 2", 72],
];
const pertussis: readonly Dose[] = [
  ["dtap-1", "百白破疫苗 第 1 剂", "Diphtheria, tetanus, pertussis, dose 1", 2],
  ["dtap-2", "百白破疫苗 第 2 剂", "Diphtheria, tetanus, pertussis, dose 2", 4],
  ["dtap-3", "百白破疫苗 第 3 剂", "Diphtheria, tetanus, pertussis, dose 3", 6],
  ["dtap-4", "百白破疫苗 第 4 剂", "Diphtheria, tetanus, pertussis, dose 4", 18],
  ["dtap-5", "百白破疫苗 第 5 剂", "Diphtheria, tetanus, pertussis, dose 5", 72],
];

const entry =
  (source: typeof schedule2021) =>
  ([id, zh, en, month]: Dose) => ({
    id: `vaccine-${id}`,
    kind: "vaccination" as const,
    name: { zh, en },
    from: months(month),
    // At birth within a day; later ones within a month of the age are in time.
    until: month === 0 ? days(1) : months(month + 1),
    age: "actual" as const,
    note: null,
    source,
  });

/** By the age since birth, also for children born early, as the schedule says. */
export const vaccination: StageMoment<"vaccination"> = {
  kind: "vaccination",
  entries: [...doses.map(entry(schedule2021)), ...pertussis.map(entry(schedule2025))].sort(
    (a, b) => a.from.at - b.from.at,
  ),
};
