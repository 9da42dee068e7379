import { spendReport } from "./spend-report.ts";
import { code, day, money, required, words } from "./target.ts";

export const xiaohongshu = spendReport({
  id: "xiaohongshu",
  name: { zh: "小红书聚光", en: "Xiaohongshu (Juguang)" },
  description: {
    zh: "小红书聚光平台「数据报表 → 下载」：按天的计划、单元或笔记数据。",
    en: "Xiaohongshu Juguang's downloaded report by day: campaigns, units or notes.",
  },
  platform: "xiaohongshu",
  targets: [
    required(day("day", "时间", "Date", "日期", "数据日期")),
    ...money("spend", "消费", "Spend", "消费(元)", "消耗", "花费", "fee").map((one, i) =>
      i === 0 ? required(one) : one,
    ),
    code("account", "账户ID", "Account", "广告主ID", "子账号", "账户名称"),
    words("campaign", "计划名称", "Campaign", "推广计划", "计划"),
    words("unit", "单元名称", "Unit", "推广单元", "单元"),
    words("creative", "创意名称", "Creative", "笔记标题", "创意", "笔记ID"),
    code("impressions", "展现量", "Impressions", "曝光量", "展示量"),
    code("clicks", "点击量", "Clicks", "点击数"),
    code("interactions", "互动量", "Interactions"),
    code("conversions", "表单提交量", "Conversions", "私信开口数", "转化量"),
    code("orders", "成交订单量", "Orders", "商品订单量", "总订单量"),
    ...money("revenue", "成交金额", "Revenue", "商品订单金额", "总成交金额", "RGMV"),
  ],
});
