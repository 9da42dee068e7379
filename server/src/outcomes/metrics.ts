import type { Metric } from "@stork/contract/outcomes.ts";

/** One definition per figure, for screens, the interface and docs/metrics.md alike. */
export const metrics: readonly Metric[] = [
  {
    id: "gmv",
    name: { zh: "成交额（GMV）", en: "GMV" },
    unit: "fen",
    definition: {
      zh: "范围内「Order Completed」的金额之和。重复收到的消息只算一次；清洗时排除的行不计入；退款不扣减。一单分多行发来时，各行相加。",
      en: "The sum of the amounts of “Order Completed” in the range. A message received again counts once; rows that cleaning set aside are left out; refunds are not subtracted. An order that comes in several rows is their sum.",
    },
  },
  {
    id: "orders",
    name: { zh: "订单数", en: "Orders" },
    unit: "count",
    definition: {
      zh: "范围内有「Order Completed」的不同订单号（同一数据源之内）；没有订单号的，每条算一单。清洗时排除的行也算订单。",
      en: "Different order ids (within one source) with “Order Completed” in the range; without an order id each row is one order. Rows that cleaning set aside are orders too.",
    },
  },
  {
    id: "buyers",
    name: { zh: "买家数", en: "Buyers" },
    unit: "count",
    definition: {
      zh: "范围内下过单的不同用户，按今天的身份合并结果计。",
      en: "Different persons with an order in the range, by who is who today.",
    },
  },
  {
    id: "repeatRate",
    name: { zh: "复购率", en: "Repeat rate" },
    unit: "share",
    definition: {
      zh: "范围内的买家中，截至范围结束累计有两单及以上的占比。没有买家时为空。",
      en: "Of the buyers in the range, the share with two or more orders ever, up to the range's end. Empty without buyers.",
    },
  },
  {
    id: "newFamilies",
    name: { zh: "新增家庭", en: "New families" },
    unit: "count",
    definition: {
      zh: "第一次出现在范围内的用户：取最早一次行为与最早建档两者中较早的。导入的历史因此算在它真正发生的那天。",
      en: "Persons first seen in the range: the earlier of the first event and the first record, so imported history counts on the day it happened.",
    },
  },
  {
    id: "messages",
    name: { zh: "发送消息", en: "Messages" },
    unit: "count",
    definition: {
      zh: "范围内渠道接受了的消息条数（「Message Sent」）。",
      en: "Messages that a channel accepted in the range (“Message Sent”).",
    },
  },
  {
    id: "optOuts",
    name: { zh: "退订", en: "Opt-outs" },
    unit: "count",
    definition: {
      zh: "范围内通过消息退订的次数（「Message Unsubscribed」）。",
      en: "Unsubscriptions through a message in the range (“Message Unsubscribed”).",
    },
  },
  {
    id: "stages",
    name: { zh: "各阶段家庭", en: "Families by stage" },
    unit: "count",
    definition: {
      zh: "今天（与 90 天后）有宝宝处于该阶段的用户数；有几个宝宝的可以出现在几个阶段。日期不可信的宝宝不计。",
      en: "Persons with a child in the stage today (and in 90 days); with several children they may be in several stages. Children with an impossible date are left out.",
    },
  },
  {
    id: "categories",
    name: { zh: "类目成交额", en: "GMV by category" },
    unit: "fen",
    definition: {
      zh: "订单金额按各商品的标价占比分摊到类目，合计等于成交额；没有类目的归入「other」。",
      en: "An order's amount is shared among its items by their prices, so categories add up to GMV; what has no category is “other”.",
    },
  },
  {
    id: "sent",
    name: { zh: "已发送", en: "Sent" },
    unit: "count",
    definition: {
      zh: "活动中渠道接受了的消息。",
      en: "The campaign's messages that the channel accepted.",
    },
  },
  {
    id: "delivered",
    name: { zh: "已送达", en: "Delivered" },
    unit: "count",
    definition: {
      zh: "渠道报告送达的消息。邮件与 Webhook 只说接受，因此以接受为送达。",
      en: "Messages the channel reports as delivered. E-mail and webhooks say no more than accepted, which therefore counts.",
    },
  },
  {
    id: "clicked",
    name: { zh: "已点击", en: "Clicked" },
    unit: "count",
    definition: {
      zh: "至少有一个链接被点开的消息。",
      en: "Messages of which a link was opened at least once.",
    },
  },
  {
    id: "unsubscribed",
    name: { zh: "已退订", en: "Unsubscribed" },
    unit: "count",
    definition: {
      zh: "引起退订的消息。",
      en: "Messages that led to an unsubscription.",
    },
  },
  {
    id: "converted",
    name: { zh: "转化", en: "Converted" },
    unit: "count",
    definition: {
      zh: "在观察窗内做过活动的转化事件的用户。观察窗对实验组与对照组相同：从活动开始，到最后一条消息发出后 N 天（含）。两组都只计活动开始时门会放行的人（有地址、有授权、当天没收到过消息），开始之后分到某组的人全部计入，不论消息是否真的发出：若只在一边剔除发不到的人，两组就不再可比。两组身份后来合并为一人的，从两组中去掉。",
      en: "Persons who did the campaign's conversion event in its window. The window is the same for both groups: from the campaign's start to N days after its last message went out. Of both groups only those count whom the gate would have let through at the start (an address, consent, no message yet that day); from then on everybody assigned to a group counts, whether or not the message really went out: leaving people out on one side only would make the groups unlike. Persons of both groups who turned out to be one are left out of both.",
    },
  },
  {
    id: "conversionLift",
    name: { zh: "转化提升", en: "Conversion lift" },
    unit: "share",
    definition: {
      zh: "实验组转化率减对照组转化率，附 95 % 区间（双比例检验，不作连续性校正）。任一组不足 10 人或没有任何转化时为空。「显著」要求 p < 0.05，且每一格的期望人数不少于 5。",
      en: "Conversion rate of the treated minus that of the holdout, with its 95 % interval (two-proportion test without continuity correction). Empty when a group has fewer than 10 persons or nobody converted. “Significant” asks for p < 0.05 and at least 5 expected persons in every cell.",
    },
  },
  {
    id: "revenueLift",
    name: { zh: "人均收入提升", en: "Revenue lift per person" },
    unit: "fen",
    definition: {
      zh: "观察窗内转化事件的金额按组内每人平均（没买的算 0），实验组减对照组，附 95 % 区间（Welch 检验）。清洗时排除的行不计入金额。",
      en: "The amounts of the conversion event in the window, averaged over every person of the group (0 for those who did not buy), treated minus holdout, with its 95 % interval (Welch). Rows that cleaning set aside are left out of the amounts.",
    },
  },
  {
    id: "extraRevenue",
    name: { zh: "增量收入", en: "Extra revenue" },
    unit: "fen",
    definition: {
      zh: "人均收入提升 × 实验组人数：活动带来的、没有它就不会有的收入，区间随之放大。",
      en: "Revenue lift per person × persons treated: the revenue that would not be there without the campaign; its interval grows with it.",
    },
  },
];
