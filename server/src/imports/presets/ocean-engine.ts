import { spendReport } from "./spend-report.ts";
import { code, day, money, required, words } from "./target.ts";

export const oceanEngine = spendReport({
  id: "ocean-engine",
  name: { zh: "巨量引擎（巨量广告 / 千川）", en: "Ocean Engine (Douyin ads)" },
  description: {
    zh: "巨量引擎「报表 → 导出」：按天的广告、项目或素材报表。",
    en: "Ocean Engine's exported report by day: campaigns, ads or creatives.",
  },
  platform: "ocean-engine",
  targets: [
    required(day("day", "日期", "Date", "时间-天", "时间", "统计日期", "stat_datetime")),
    ...money("spend", "消耗", "Spend", "消耗(元)", "总消耗", "花费", "stat_cost").map((one, i) =>
      i === 0 ? required(one) : one,
    ),
    code("account", "账户ID", "Account", "广告主ID", "账户名称", "广告主", "advertiser_id"),
    words("campaign", "项目名称", "Campaign", "广告组名称", "广告组", "计划名称", "项目"),
    words("unit", "广告名称", "Ad", "广告计划名称", "广告计划", "单元名称"),
    words("creative", "素材名称", "Creative", "创意名称", "视频名称"),
    code("impressions", "展示数", "Impressions", "展现数", "展现量", "曝光量", "show_cnt"),
    code("clicks", "点击数", "Clicks", "点击量", "click_cnt"),
    code("conversions", "转化数", "Conversions", "convert_cnt"),
    code("orders", "成交订单数", "Orders", "直接成交订单数", "支付订单数"),
    ...money("revenue", "成交金额", "Revenue", "直接成交金额", "支付订单金额", "整体支付GMV"),
  ],
});
