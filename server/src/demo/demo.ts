import type { Condition } from "@stork/contract/segments.ts";

/** What the demo workspace is: a made-up brand with five shops, of the town's first families. */
export const demo = { slug: "demo", name: "小鹳母婴（演示）", seed: 7, families: 2_500 };

const bought = (withinDays: number, category?: string): Condition => ({
  kind: "did",
  event: "Order Completed",
  ...(category === undefined ? {} : { where: [{ property: "category", op: "=" as const, value: category }] }),
  withinDays,
});
const quiet = (days: number): Condition => ({
  kind: "did",
  event: "Order Completed",
  count: { op: "=", value: 0 },
  withinDays: days,
});

/** Questions a shop of this kind asks, ready to be looked at and changed. */
export const demoSegments: readonly { name: string; where: Condition }[] = [
  {
    name: "近 120 天买过的家庭",
    where: bought(120),
  },
  {
    name: "4–7 个月宝宝，买过奶粉，30 天没下单",
    where: {
      kind: "all",
      of: [{ kind: "childAge", fromDays: 120, toDays: 213 }, bought(180, "formula"), quiet(30)],
    },
  },
  { name: "孕晚期", where: { kind: "stage", in: ["pregnancy-3"] } },
  { name: "0–6 个月新手家庭", where: { kind: "stage", in: ["0-1", "1-3", "3-6"] } },
  {
    name: "一年消费满 5000 元",
    where: {
      kind: "did",
      event: "Order Completed",
      sum: { property: "revenue", op: ">=", value: 5000 },
      withinDays: 365,
    },
  },
  {
    name: "只看不买（7 天内浏览，30 天没下单）",
    where: { kind: "all", of: [{ kind: "did", event: "Product Viewed", withinDays: 7 }, quiet(30)] },
  },
  {
    name: "30 天内看过 300 元以上的初熙贝奶粉",
    where: {
      kind: "did",
      event: "Product Viewed",
      where: [
        { property: "category", op: "=", value: "formula" },
        { property: "brand", op: "=", value: "初熙贝" },
        { property: "price", op: ">=", value: 300 },
      ],
      withinDays: 30,
    },
  },
];

/**
 * A campaign two weeks ago, so that the first report has something to say. The town answers it: a share of those
 * written to come back who would not have. That share is the truth the report's estimate can be held against.
 */
export const pastCampaign = {
  name: "双 11 返场：老客专享",
  daysAgo: 14,
  audience: "近 120 天买过的家庭",
  holdoutShare: 0.3,
  withinDays: 7,
  extraBuyers: 0.2,
  clickers: 0.3,
  leavers: 0.012,
  content: {
    subject: '{{ person.name | default: "您好" }}，双 11 返场给您留了一份',
    body: [
      '<p>{{ person.name | default: "妈妈" }}，您好：</p>',
      "<p>双 11 返场开始了，奶粉和纸尿裤按老客价备好。{% if child.stage %}宝宝现在处于「{{ child.stage }}」，适合的几款排在最前面。{% endif %}</p>",
      '<p><a href="https://shop.example/return">看看有什么</a></p>',
      '<p><a href="{{ unsubscribeUrl }}">不想再收到这类邮件</a></p>',
    ].join("\n"),
  },
};

export const mailboxChannel = {
  name: "演示邮箱（只在本机，不会真的发出）",
  from: "小鹳母婴 <hello@stork.example>",
};
