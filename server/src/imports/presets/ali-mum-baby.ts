import { readDate, readInstant } from "../../cleaning/instants.ts";
import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { StatedRecord } from "../../records/record.ts";
import type { Preset, RecordKind, Row, RowContext } from "../preset.ts";
import type { RefusedRow } from "../refused-rows.ts";
import { refusalOf } from "./refusal-of.ts";

const user = {
  id: "user",
  label: { zh: "用户 ID", en: "User id" },
  required: true,
  aliases: ["user_id", "用户ID", "用户编号"],
  personal: true,
};

const children: RecordKind = {
  id: "children",
  label: { zh: "宝宝档案", en: "Children" },
  targets: [
    user,
    {
      id: "birthday",
      label: { zh: "出生日期", en: "Birthday" },
      required: true,
      aliases: ["birthday", "出生日期", "生日", "birth_day"],
    },
    {
      id: "gender",
      label: { zh: "性别（代码或文字）", en: "Gender (a code or a word)" },
      required: false,
      aliases: ["gender", "性别", "sex"],
    },
  ],
  together: null,
  record: "member",
  repeats: false,
  personsAs: null,
  read([row = {}], context): StatedRecord | { refused: RefusedRow } {
    const value = row["user"] ?? "";
    if (value === "") return { refused: "no-identifier" };
    const bornOn = readDate(row["birthday"], context.zone);
    if (bornOn === null) return { refused: "birthday-unreadable" };
    // A code such as 0 or 1 means different things to different shops; only words are understood.
    const gender = row["gender"] === "" ? undefined : row["gender"];
    const stated = kinds.member.state(
      {
        ...{ member: "", programme: "", identifiers: [{ namespace: "taobao", value }] },
        children: [{ bornOn, gender }],
      },
      { ...context, key: `taobao ${value} ${bornOn}` },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

const trades: RecordKind = {
  id: "trades",
  label: { zh: "购买记录", en: "Trades" },
  targets: [
    user,
    {
      id: "product",
      label: { zh: "商品 ID", en: "Product id" },
      required: true,
      aliases: ["auction_id", "商品ID"],
    },
    {
      id: "leaf",
      label: { zh: "叶子类目", en: "Leaf category" },
      required: true,
      aliases: ["category_2", "cat_id", "二级类目"],
    },
    {
      id: "root",
      label: { zh: "根类目", en: "Root category" },
      required: true,
      aliases: ["category_1", "cat1", "一级类目"],
    },
    {
      id: "quantity",
      label: { zh: "购买数量", en: "Quantity" },
      required: true,
      aliases: ["buy_mount", "购买数量"],
    },
    { id: "day", label: { zh: "购买日期", en: "Day" }, required: true, aliases: ["day", "购买日期"] },
    {
      id: "property",
      label: { zh: "商品属性", en: "Product properties" },
      required: false,
      aliases: ["property", "商品属性"],
    },
  ],
  together: null,
  record: "order",
  repeats: true,
  personsAs: "buyers",
  read: ([row = {}], context) => readTrade(row, context),
};

function readTrade(row: Row, context: RowContext): StatedRecord | { refused: RefusedRow } {
  const { user: value = "", product = "", leaf = "", root = "", day = "", property = "" } = row;
  if (value === "") return { refused: "no-identifier" };
  const paidAt = readInstant(day, context.zone);
  if (paidAt === null) return { refused: "day-unreadable" };
  const quantity = Number(row["quantity"] === "" ? "x" : row["quantity"]);
  if (!Number.isFinite(quantity) || Math.abs(quantity) > 2e9) return { refused: "quantity-unreadable" };
  const whole = Math.round(quantity);
  const stated = kinds.order.state(
    {
      ...{ order: "", shop: "", status: "paid", paidAt, amount: 0 },
      identifiers: [{ namespace: "taobao", value }],
      items: [{ sku: product, category: root, quantity: whole, price: 0 }],
      // Under our names and under the file's, so that questions written for either are answered.
      properties: {
        ...{ product_id: product, auction_id: product },
        ...{ category: root, category_1: root, subcategory: leaf, category_2: leaf },
        ...{ quantity: whole, buy_mount: whole },
        ...(property === "" ? {} : { property }),
      },
    },
    { ...context, key: `ali ${[value, product, leaf, root, row["quantity"], day, property].join(" ")}` },
  );
  return isRefusedRecord(stated) ? refusalOf(stated) : stated;
}

/** Taobao/Tmall mother-and-baby data as published by Tianchi, in its two encodings and date forms. */
export const aliMumBaby: Preset = {
  id: "ali-mum-baby",
  name: { zh: "天池母婴（淘宝/天猫）", en: "Tianchi mum and baby (Taobao/Tmall)" },
  description: {
    zh: "宝宝档案（user_id, birthday, gender，或中文表头的 GBK 文件）和购买记录（user_id, auction_id, category_2, category_1, buy_mount, day）。",
    en: "Children (user_id, birthday, gender, or the GBK file with Chinese headers) and trades (user_id, auction_id, category_2, category_1, buy_mount, day).",
  },
  platform: "taobao",
  kinds: [children, trades],
};
