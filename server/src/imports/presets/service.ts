import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { Preset, RecordKind, Row } from "../preset.ts";
import { type Cells, cellsFor } from "./cells.ts";
import { refusalOf } from "./refusal-of.ts";
import { number } from "./spend-report.ts";
import { account, choice, code, count, phone, required, time, words } from "./target.ts";

const whom = [
  account("member", "会员号", "Member", "会员编号", "买家昵称", "买家会员名", "客户账号", "用户名", "用户ID"),
  phone("phone", "手机号", "Phone", "手机", "联系电话", "客户电话", "客户手机", "客户手机号", "来电号码"),
];
const order = code("order", "订单编号", "Order number", "订单号", "关联订单", "关联订单号");
const sku = code("sku", "商家编码", "SKU", "商品编码", "商品ID", "宝贝ID");
const common = { together: null, repeats: false, personsAs: null } as const;

function identifiersOf(read: Cells, row: Row) {
  const found = [];
  const member = read.raw(row, "member");
  if (member !== "" && !member.includes("*")) found.push({ namespace: "member", value: member });
  const phone = read.phone(row, "phone");
  if (phone !== undefined && !phone.includes("*")) found.push({ namespace: "phone", value: phone });
  return found;
}

const ticketTargets = [
  required(code("ticket", "工单编号", "Ticket", "工单号", "工单ID", "会话ID", "ticket_id")),
  ...whom,
  ...[order, sku],
  words("channel", "渠道", "Channel", "来源渠道", "工单来源", "接入渠道"),
  words("topic", "问题分类", "Topic", "工单类型", "问题类型", "分类", "咨询类型"),
  words("text", "问题描述", "Text", "工单内容", "描述", "内容", "标题"),
  choice("ticket-status", "status", "工单状态", "Status", "状态", "处理状态"),
  required(time("openedAt", "创建时间", "Opened at", "提交时间", "受理时间", "工单创建时间")),
  time("closedAt", "完成时间", "Closed at", "关闭时间", "解决时间", "结单时间", "完结时间"),
  code("score", "满意度", "Score", "评分", "满意度评分"),
];
const ticketCells = cellsFor(ticketTargets);
const tickets: RecordKind = {
  ...{ id: "tickets", label: { zh: "服务工单", en: "Service tickets" }, record: "ticket" },
  targets: ticketTargets,
  ...common,
  read([row = {}], context) {
    const read = ticketCells(context);
    const key = read.raw(row, "ticket");
    const openedAt = read.instant(row, "openedAt");
    if (key === "") return { refused: "no-key" };
    if (openedAt === undefined) return { refused: "day-unreadable" };
    const closed = /closed|resolved|solved/.test(read.word(row, "status") ?? "");
    const stated = kinds.ticket.state(
      {
        ...{ ticket: key, openedAt, identifiers: identifiersOf(read, row) },
        ...{ order: read.raw(row, "order"), sku: read.raw(row, "sku") },
        ...{
          channel: read.text(row, "channel"),
          topic: read.text(row, "topic"),
          text: read.text(row, "text"),
        },
        closedAt: read.instant(row, "closedAt"),
        status: closed ? "closed" : "open",
        score: number(row["score"]),
      },
      { ...context, marks: [...read.marks] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

const reviewTargets = [
  code("review", "评价编号", "Review", "评价ID", "评论ID", "review_id"),
  ...whom,
  ...[order, sku],
  words("product", "商品名称", "Product", "宝贝标题", "商品标题"),
  count("rating", "评分", "Rating", "星级", "商品评分", "描述相符"),
  required(words("text", "评价内容", "Text", "评论内容", "评论", "初评内容")),
  required(time("at", "评价时间", "Time", "评论时间", "初评时间")),
  words("reply", "商家回复", "Reply", "回复内容"),
];
const reviewCells = cellsFor(reviewTargets);
const reviews: RecordKind = {
  ...{ id: "reviews", label: { zh: "评价", en: "Reviews" }, record: "review", targets: reviewTargets },
  ...common,
  read([row = {}], context) {
    const read = reviewCells(context);
    const at = read.instant(row, "at");
    if (at === undefined) return { refused: "day-unreadable" };
    // Without a number of its own a review is known by its order and article, then by its time and words.
    const of = `${read.raw(row, "order")} ${read.raw(row, "sku")}`.trim();
    const text = read.text(row, "text");
    const key = read.raw(row, "review") || `${of} ${at}${of === "" ? ` ${text.slice(0, 60)}` : ""}`.trim();
    const stated = kinds.review.state(
      {
        ...{ review: key, at, text, identifiers: identifiersOf(read, row) },
        ...{ order: read.raw(row, "order"), sku: read.raw(row, "sku") },
        ...{ product: read.text(row, "product"), reply: read.text(row, "reply") },
        rating: read.quantity(row, "rating"),
      },
      { ...context, marks: [...read.marks] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

const surveyTargets = [
  required(code("response", "答卷编号", "Response", "答卷ID", "序号", "提交ID", "response_id")),
  words("survey", "问卷名称", "Survey", "问卷标题", "问卷"),
  ...whom,
  required(time("at", "提交时间", "Time", "提交答卷时间", "答题时间", "填写时间")),
  required(
    count(
      "nps",
      "推荐意愿",
      "NPS",
      "NPS评分",
      "您有多大可能向朋友推荐",
      "您有多大可能向朋友推荐我们",
      "您有多大可能向朋友推荐我们（0-10）",
      "推荐分",
      "推荐分数",
      "nps_score",
    ),
  ),
  words("reason", "原因", "Reason", "主要原因", "打分原因", "您的建议", "意见和建议", "反馈"),
];
const surveyCells = cellsFor(surveyTargets);
const surveys: RecordKind = {
  ...{ id: "surveys", label: { zh: "NPS 问卷", en: "NPS survey" }, record: "survey", targets: surveyTargets },
  ...common,
  read([row = {}], context) {
    const read = surveyCells(context);
    const response = read.raw(row, "response");
    const at = read.instant(row, "at");
    const nps = /^\s*0\s*分?$/.test(row["nps"] ?? "") ? 0 : read.quantity(row, "nps");
    if (response === "") return { refused: "no-key" };
    if (at === undefined) return { refused: "day-unreadable" };
    if (nps === undefined || nps < 0 || nps > 10) return { refused: "quantity-unreadable" };
    const reason = read.text(row, "reason");
    const stated = kinds.survey.state(
      {
        ...{ response, at, nps, survey: read.text(row, "survey"), identifiers: identifiersOf(read, row) },
        answers: reason === "" ? undefined : { reason },
      },
      { ...context, marks: [] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

export const service: Preset = {
  id: "service",
  name: { zh: "工单、评价、NPS 问卷", en: "Tickets, reviews, NPS surveys" },
  description: {
    zh: "客服系统的工单、店铺的商品评价、问卷系统的 NPS 答卷。",
    en: "Tickets of a service desk, reviews of a shop's products, answers to NPS surveys.",
  },
  platform: "service",
  kinds: [tickets, reviews, surveys],
};
