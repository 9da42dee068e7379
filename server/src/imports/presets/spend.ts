import { spendReport } from "./spend-report.ts";
import { code, day, money, required, words } from "./target.ts";

/** Spend of any platform, which a column names. */
export const spend = spendReport({
  id: "spend",
  name: { zh: "投放消耗（通用）", en: "Ad spend (any platform)" },
  description: {
    zh: "自己汇总的投放日报：一列写平台，一行是某天某计划的消耗。",
    en: "A report of one's own: a column names the platform, a row is what a campaign spent on a day.",
  },
  platform: "other",
  targets: [
    required(code("platform", "投放平台", "Platform", "平台", "媒体", "media")),
    required(day("day", "日期", "Date", "统计日期", "时间", "day")),
    ...money("spend", "消耗", "Spend", "花费", "消费", "费用", "投放金额", "cost").map((one, i) =>
      i === 0 ? required(one) : one,
    ),
    code("account", "账户", "Account", "账户名称", "账户ID"),
    words("campaign", "计划", "Campaign", "计划名称", "推广计划"),
    words("unit", "单元", "Unit", "单元名称"),
    words("creative", "创意", "Creative", "素材", "素材名称"),
    code("impressions", "展示", "Impressions", "曝光", "展现", "曝光量", "展示数"),
    code("clicks", "点击", "Clicks", "点击量", "点击数"),
    code("conversions", "转化", "Conversions", "转化数", "转化量"),
    code("orders", "订单数", "Orders", "成交订单数"),
    ...money("revenue", "成交金额", "Revenue", "销售额", "GMV"),
  ],
});
