import { months, type StageMoment } from "../stage-moment.ts";

const source = {
  zh: "国家基本公共卫生服务规范（第三版，2017）：0～6 岁儿童健康管理",
  en: "National basic public health services (3rd edition, 2017): child health from 0 to 6, China",
};

export const checkup: StageMoment<"checkup"> = {
  kind: "checkup",
  entries: [1, 3, 6, 8, 12, 18, 24, 30, 36, 48, 60, 72].map((month) => ({
    id: `checkup-${month}`,
    kind: "checkup" as const,
    name: {
      zh: month === 1 ? "满月健康检查" : month < 36 ? `${month} 月龄健康检查` : `${month / 12} 岁健康检查`,
      en:
        month < 36
          ? `Check-up at ${month} ${month === 1 ? "month" : "months"}`
          : `Check-up at ${month / 12} years`,
    },
    from: months(month),
    until: months(month + 1),
    age: "actual" as const,
    note: null,
    source,
  })),
};
