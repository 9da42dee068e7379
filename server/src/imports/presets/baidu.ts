import { spendReport } from "./spend-report.ts";
import { code, day, money, required, words } from "./target.ts";

export const baidu = spendReport({
  id: "baidu",
  name: { zh: "百度营销", en: "Baidu marketing" },
  description: {
    zh: "百度营销「数据报告 → 下载」：按天的计划、单元或关键词报告（搜索和信息流）。",
    en: "Baidu's downloaded report by day: campaigns, units or keywords, of search and feed.",
  },
  platform: "baidu",
  targets: [
    required(day("day", "日期", "Date", "时间")),
    ...money("spend", "消费", "Cost", "消费(元)", "花费", "cost").map((one, i) =>
      i === 0 ? required(one) : one,
    ),
    code("account", "账户", "Account", "账户名称", "账户ID"),
    words("campaign", "推广计划", "Campaign", "计划名称", "方案名称", "计划"),
    words("unit", "推广单元", "Unit", "单元名称", "单元"),
    words("creative", "关键词", "Keyword", "创意名称", "创意", "搜索词"),
    code("impressions", "展现", "Impressions", "展现量", "展现次数"),
    code("clicks", "点击", "Clicks", "点击量", "点击次数"),
    code("conversions", "转化", "Conversions", "转化量", "目标转化量", "转化次数"),
  ],
});
