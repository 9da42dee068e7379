import type { RecordKindId } from "@stork/contract/records.ts";
import { kinds } from "../records/kinds.ts";
import type { Known } from "./known-name.ts";

/** The kinds of record, by what makes a record the same one. */
export const knownRecords: Readonly<Record<RecordKindId, Known>> = Object.fromEntries(
  Object.values(kinds).map(({ id, label, keyed }): [string, Known] => [
    id,
    {
      label,
      meaning: {
        zh: `公司系统里的${label.zh}，以${keyed.zh}认定同一条；最新的算数，历史保留。`,
        en: `What the company's systems hold; one record by ${keyed.en.toLowerCase()}. The newest counts, all versions are kept.`,
      },
    },
  ]),
) as Record<RecordKindId, Known>;

type Rest = Pick<Known, "type" | "unit" | "sensitivity">;
const known = (
  label: [zh: string, en: string],
  meaning: [zh: string, en: string],
  rest: Rest = {},
): Known => ({
  label: { zh: label[0], en: label[1] },
  meaning: { zh: meaning[0], en: meaning[1] },
  ...rest,
});

const text: Rest = { type: "text" };
const fen: Rest = { type: "number", unit: "分 fen" };
const time: Rest = { type: "date" };
const pieces: Rest = { type: "number", unit: "件 pcs" };
const times: Rest = { type: "number", unit: "次 times" };

/** The fields of all kinds of record in their canonical form; a name means the same in every kind that has it. */
export const knownFields: Readonly<Record<string, Known>> = {
  ...{
    order: known(
      ["订单编号", "Order number"],
      ["店铺或平台给的编号。", "As the shop or platform numbers it."],
      text,
    ),
    shop: known(["店铺", "Shop"], ["在哪家店下的单。", "The shop it was ordered from."], text),
    platform: known(["平台", "Platform"], ["来自哪个平台。", "The platform it comes from."], text),
    status: known(["状态", "Status"], ["这条记录现在的状态。", "The state the record is in."], text),
    placedAt: known(["下单时间", "Placed at"], ["买家下单的时间。", "When the buyer ordered."], time),
    paidAt: known(
      ["付款时间", "Paid at"],
      ["付清的时间；付了款才算成交。", "When it was paid; paid is sold."],
      time,
    ),
    shippedAt: known(["发货时间", "Shipped at"], ["店铺发货的时间。", "When the shop sent it."], time),
    completedAt: known(
      ["完成时间", "Completed at"],
      ["确认收货的时间。", "When its arrival was confirmed."],
      time,
    ),
    cancelledAt: known(
      ["取消时间", "Cancelled at"],
      ["订单取消的时间。", "When the order was cancelled."],
      time,
    ),
    amountFen: known(
      ["实付金额", "Amount"],
      ["整单实付，含运费。", "Paid for the whole order, with freight."],
      fen,
    ),
    freightFen: known(["运费", "Freight"], ["买家付的运费。", "Freight that the buyer paid."], fen),
    discountFen: known(["优惠", "Discount"], ["整单优惠掉的金额。", "What was taken off the order."], fen),
    depositFen: known(["定金", "Deposit"], ["预售已付的定金。", "The deposit paid of a presale."], fen),
    currency: known(["币种", "Currency"], ["不写即人民币。", "Renminbi when it says none."], text),
    coupon: known(["优惠券", "Coupon"], ["用到的券。", "The coupon used."], text),
    items: known(
      ["商品明细", "Lines"],
      ["每行的编码、名称、类目、数量和实付。", "Of each line the SKU, name, category, quantity and amount."],
      { type: "list" },
    ),
    refunds: known(
      ["退款", "Refunds"],
      ["每笔退款的时间、金额和原因。", "Of each refund the time, amount and reason."],
      { type: "list" },
    ),
    isTest: known(["测试单", "Test order"], ["保留，不计入任何合计。", "Kept, and left out of every sum."], {
      type: "boolean",
    }),
    properties: known(
      ["来源自己的列", "The source's own columns"],
      ["按原列名随事件讲出。", "Told with the event under their own names."],
      { type: "object" },
    ),
  },
  ...{
    sku: known(["商家编码", "SKU"], ["可售单位的编码。", "The code of what is sold."], text),
    product: known(["商品", "Product"], ["商品（款）的编号或名称。", "The product's number or name."], text),
    name: known(["商品名称", "Name"], ["商品的名称。", "The product's name."], {
      ...text,
      sensitivity: "internal",
    }),
    brand: known(["品牌", "Brand"], ["商品的品牌。", "The product's brand."], text),
    category: known(
      ["类目", "Category"],
      ["写明的，否则从名称读出。", "As stated, else read from the name."],
      text,
    ),
    pack: known(
      ["规格", "Pack"],
      ["厂家写的规格，如 900g×6。", "As the maker writes it, e.g. 900g×6."],
      text,
    ),
    barcode: known(["条形码", "Barcode"], ["包装上的条码。", "The code on the package."], text),
    priceFen: known(["单价", "Price"], ["一件的价格。", "The price of one piece."], fen),
    costFen: known(["成本价", "Cost"], ["一件的成本。", "What one piece costs the company."], fen),
    count: known(["包数", "Packs"], ["一份里有几包，900g×6 是 6。", "Single packs in one: 900g×6 is 6."], {
      type: "number",
    }),
    each: known(["每包含量", "Content"], ["一包的含量或片数。", "What one pack holds."], { type: "number" }),
    stage: known(["段位", "Stage"], ["从名称读出的奶粉段位。", "The formula's stage, read from the name."], {
      sensitivity: "internal",
    }),
    months: known(
      ["适用月龄", "For months"],
      ["从名称读出的适用月龄。", "Ages it is for, read from the name."],
      {
        type: "list",
        sensitivity: "internal",
      },
    ),
    size: known(["尺码", "Size"], ["从名称读出的尺码。", "The size, read from the name."], text),
    place: known(["仓库或门店", "Place"], ["货在哪里。", "Where the goods are."], text),
    at: known(["时间", "Time"], ["这件事发生的时间。", "When it happened."], time),
    onHand: known(["可用库存", "On hand"], ["盘点时的数量。", "As counted."], pieces),
    reserved: known(["占用", "Reserved"], ["已被订单占用。", "Held for orders."], pieces),
    inTransit: known(["在途", "In transit"], ["在路上的数量。", "On its way."], pieces),
    batch: known(["批次", "Batch"], ["生产批次。", "The batch it was made in."], text),
    expiresOn: known(["有效期至", "Expires on"], ["到期日。", "The day it expires."], time),
    number: known(["采购单号", "Purchase order"], ["采购单的编号。", "The purchase order's number."], text),
    line: known(["行号", "Line"], ["单据里的第几行。", "Its line in the document."], text),
    supplier: known(["供应商", "Supplier"], ["向谁采购。", "Whom it is bought from."], text),
    quantity: known(["数量", "Quantity"], ["订的件数。", "Pieces ordered."], pieces),
    received: known(["已到货", "Received"], ["已入库的件数。", "Pieces that have arrived."], pieces),
    orderedAt: known(["采购时间", "Ordered at"], ["下采购单的时间。", "When it was ordered."], time),
    expectedAt: known(["预计到货", "Expected at"], ["约定到货的时间。", "When it is to arrive."], time),
    receivedAt: known(["实际到货", "Received at"], ["到货的时间。", "When it arrived."], time),
    changedAt: known(
      ["更新时间", "Changed at"],
      ["来源系统里改动的时间。", "When the sender changed it."],
      time,
    ),
  },
  ...{
    day: known(
      ["日期", "Day"],
      ["花费发生的那天，按平台日历。", "The day it was spent, by the platform."],
      time,
    ),
    spendFen: known(["消耗", "Spend"], ["当天花费。", "What was spent that day."], fen),
    account: known(["账户", "Account"], ["投放账户。", "The account that advertises."], text),
    campaign: known(["计划", "Campaign"], ["推广计划。", "The platform's campaign."], text),
    unit: known(
      ["单元或单位", "Unit"],
      [
        "投放的推广单元；商品规格里含量的单位。",
        "Of spend the ad unit; of a product the unit of its content.",
      ],
      text,
    ),
    creative: known(["创意", "Creative"], ["创意或素材。", "The creative shown."], text),
    impressions: known(["展示", "Impressions"], ["展示次数。", "Times it was shown."], times),
    clicks: known(["点击", "Clicks"], ["点击次数。", "Times it was clicked."], times),
    conversions: known(["转化", "Conversions"], ["平台口径的转化。", "As the platform counts them."], times),
    orders: known(
      ["订单数", "Orders"],
      ["平台口径的成交订单。", "Orders as the platform counts them."],
      times,
    ),
    revenueFen: known(
      ["成交金额", "Revenue"],
      ["平台口径的成交金额。", "Revenue as the platform counts it."],
      fen,
    ),
  },
  ...{
    programme: known(["会员体系", "Programme"], ["哪个会员体系。", "Which membership."], text),
    joinedAt: known(["入会时间", "Joined at"], ["成为会员的时间。", "When they became a member."], time),
    tier: known(["会员等级", "Tier"], ["会员体系里的等级。", "The level in the membership."], text),
    points: known(["积分", "Points"], ["现有积分。", "Points now."], { type: "number", unit: "分 points" }),
    traits: known(["特征", "Traits"], ["来源说的其他特征。", "What else the source says."], {
      type: "object",
    }),
    children: known(
      ["宝宝", "Children"],
      ["说了几个宝宝；日期在宝宝档案。", "How many it tells of; dates are the child's."],
      {
        type: "number",
        sensitivity: "sensitive",
      },
    ),
    consents: known(["授权", "Consents"], ["每个用途同意与否。", "Yes or no to each purpose."], {
      type: "list",
    }),
    ticket: known(["工单编号", "Ticket"], ["客服系统里的编号。", "The service desk's number."], text),
    openedAt: known(["创建时间", "Opened at"], ["工单创建的时间。", "When it was opened."], time),
    closedAt: known(["完结时间", "Closed at"], ["工单完结的时间。", "When it was closed."], time),
    channel: known(["渠道", "Channel"], ["从哪个渠道来。", "The channel it came by."], text),
    topic: known(["问题分类", "Topic"], ["说的是哪类问题。", "The kind of question."], text),
    text: known(
      ["内容", "Text"],
      ["写的话，能识别个人的已遮盖。", "What was written, masked where it identifies."],
      text,
    ),
    score: known(["满意度", "Score"], ["对服务的评分。", "How the service was rated."], { type: "number" }),
    review: known(["评价编号", "Review"], ["评价的编号。", "The review's number."], text),
    rating: known(["评分", "Rating"], ["买家打的分。", "The buyer's rating."], { type: "number" }),
    reply: known(["商家回复", "Reply"], ["店铺的回复。", "What the shop answered."], text),
    photos: known(["晒图", "Photos"], ["带了几张图。", "How many pictures it has."], { type: "number" }),
    response: known(["答卷编号", "Response"], ["一份答卷的编号。", "One answer's number."], text),
    survey: known(["问卷", "Survey"], ["哪份问卷。", "Which survey."], text),
    nps: known(["推荐意愿", "NPS"], ["0 到 10，有多愿意推荐。", "0 to 10: how likely to recommend."], {
      type: "number",
    }),
    answers: known(["其他回答", "Other answers"], ["其他题的回答。", "Answers to the other questions."], {
      type: "object",
    }),
  },
};
