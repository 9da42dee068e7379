import { spendReport } from "./spend-report.ts";
import { code, day, money, required, words } from "./target.ts";

export const tencentAds = spendReport({
  id: "tencent-ads",
  name: { zh: "腾讯广告", en: "Tencent Ads" },
  description: {
    zh: "腾讯广告投放端「报表 → 下载」：按日期的账户、营销单元或创意数据。",
    en: "Tencent Ads' downloaded report by date: accounts, ad groups or creatives.",
  },
  platform: "tencent-ads",
  targets: [
    required(day("day", "日期", "Date", "时间", "投放日期")),
    ...money("spend", "花费", "Cost", "花费(元)", "消耗", "消耗(元)", "cost").map((one, i) =>
      i === 0 ? required(one) : one,
    ),
    code("account", "账户ID", "Account", "帐户ID", "账号ID", "推广账户ID", "账户名称", "account_id"),
    words("campaign", "推广计划名称", "Campaign", "计划名称", "项目名称"),
    words("unit", "广告名称", "Ad group", "营销单元名称", "广告组名称", "广告"),
    words("creative", "创意名称", "Creative", "广告创意名称", "素材名称"),
    code("impressions", "曝光量", "Impressions", "曝光次数", "view_count"),
    code("clicks", "点击量", "Clicks", "点击次数", "valid_click_count"),
    code("conversions", "目标转化量", "Conversions", "转化量", "转化数", "转化目标量"),
    code("orders", "下单量", "Orders", "下单次数", "成单次数"),
    ...money("revenue", "下单金额", "Revenue", "成单金额", "首日新增下单金额"),
  ],
});
