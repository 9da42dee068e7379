import type { Category } from "@stork/contract/catalog.ts";
import { shopTimeOf } from "../../calendar.ts";
import { type Chance, chanceOf, digits, pick, whole, yes } from "../../chance.ts";
import { maskedPhone } from "../../phones.ts";
import { reviewOf } from "../../telling/reviews.ts";
import type { BrandFile, BrandRow, FamilySales } from "../brand-file.ts";
import { platforms } from "../platforms.ts";
import type { ShopOrder } from "../shop-order.ts";

const dayMs = 86_400_000;

/** Rows of some of a family's orders, each with a stream of its own. */
function ofSome(
  { seed, orders, until }: FamilySales,
  name: string,
  share: number,
  row: (chance: Chance, order: ShopOrder) => BrandRow,
): BrandRow[] {
  return orders.flatMap((order) => {
    const chance = chanceOf(seed, name, order.id);
    if (order.paidAt === null || order.buyer.person === null || !yes(chance, share)) return [];
    const made = row(chance, order);
    return made.at < until ? [made] : [];
  });
}

const reasons = [
  ["物流", "物流太慢，三天没有更新"],
  ["商品质量", "罐子有磕瘪，想换一罐"],
  ["尺码", "尺码偏小，想换大一码"],
  ["使用咨询", "宝宝喝了有点便秘，怎么冲调"],
  ["价格", "刚买就降价，申请价保"],
  ["发票", "麻烦补开发票"],
  ["退款", "多拍了，请退款"],
] as const;

/** Service tickets, as a help desk exports them. */
export const tickets: BrandFile = {
  path: "service/客服工单",
  format: "csv",
  encoding: "gbk",
  title: null,
  columns: [
    "工单编号",
    "创建时间",
    "来源渠道",
    "客户手机",
    "订单编号",
    "问题分类",
    "问题描述",
    "工单状态",
    "处理人",
    "完结时间",
    "满意度",
  ],
  ofFamily: (of) =>
    ofSome(of, "ticket", 0.03, (chance, order) => {
      const at = order.paidAt! + whole(chance, 3600_000, 12 * dayMs);
      const [topic, text] = pick(chance, reasons);
      const closedAt = at + whole(chance, 600_000, 3 * dayMs);
      const closed = closedAt < of.until;
      const { buyer, platform, id } = order;
      const phone = buyer.shows === "whole" ? buyer.phone : maskedPhone(buyer.phone);
      return {
        at,
        cells: [
          `GD${digits(chance, 10)}`,
          shopTimeOf(at),
          platforms[platform].shop,
          phone,
          id,
          topic,
          text,
          closed ? "已完结" : "处理中",
          `客服0${whole(chance, 1, 8)}`,
          closed ? shopTimeOf(closedAt) : "",
          closed && yes(chance, 0.4) ? whole(chance, 1, 5) : "",
        ],
      };
    }),
};

/** Reviews of all shops, as an agency gathers them. */
export const reviews: BrandFile = {
  path: "reviews/评价明细",
  format: "csv",
  encoding: "utf-8",
  title: null,
  columns: [
    "评价编号",
    "评价时间",
    "店铺",
    "订单编号",
    "商家编码",
    "商品标题",
    "评分",
    "评价内容",
    "买家昵称",
  ],
  ofFamily: (of) =>
    ofSome(of, "review", 0.1, (chance, order) => {
      const item = pick(chance, order.items);
      const at = order.paidAt! + whole(chance, 5 * dayMs, 20 * dayMs);
      const { rating, text } = reviewOf(chance, item.category as Category);
      const shop = platforms[order.platform].shop;
      const cells = [
        `PJ${digits(chance, 12)}`,
        shopTimeOf(at),
        shop,
        order.id,
        item.sku,
        item.title,
        rating,
        text,
      ];
      return { at, cells: [...cells, `${order.buyer.name[0]}**`] };
    }),
};

const why = {
  good: ["奶源放心", "发货快", "客服耐心", "宝宝适应"],
  bad: ["价格贵", "物流慢", "活动太复杂", "尺码不准"],
} as const;

/** A survey after a purchase: how likely would you recommend us. */
export const survey: BrandFile = {
  path: "surveys/NPS问卷",
  format: "xlsx",
  encoding: "utf-8",
  title: "小鹳母婴 购后 NPS 问卷",
  columns: ["答卷编号", "提交时间", "手机号", "您有多大可能向朋友推荐我们（0-10）", "主要原因"],
  ofFamily: (of) =>
    ofSome(of, "nps", 0.04, (chance, order) => {
      const at = order.paidAt! + whole(chance, 8 * dayMs, 15 * dayMs);
      const score = yes(chance, 0.55)
        ? whole(chance, 9, 10)
        : yes(chance, 0.65)
          ? whole(chance, 7, 8)
          : whole(chance, 0, 6);
      const reason = pick(chance, score >= 7 ? why.good : why.bad);
      return { at, cells: [`NPS${digits(chance, 9)}`, shopTimeOf(at), order.buyer.phone, score, reason] };
    }),
};
