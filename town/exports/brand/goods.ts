import { type Day, dateOf, shopTimeOf, startOf } from "../../calendar.ts";
import { catalogue } from "../../catalogue.ts";
import { chanceOf, pick, whole, yes } from "../../chance.ts";
import type { BrandFile, Cell } from "../brand-file.ts";
import { monthStarts, type ShopsSettings } from "../plan.ts";

const warehouses = ["华东一仓", "华南一仓", "华北一仓"] as const;

const lastDay = ({ until, months }: ShopsSettings): Day => monthStarts(until, months).at(-1)! - 1;

/** The stock of every SKU in every warehouse on the last evening. */
function* stockRows(settings: ShopsSettings): Generator<readonly Cell[]> {
  const day = lastDay(settings);
  for (const { sku, name, size = "", stage } of catalogue) {
    for (const place of warehouses) {
      const chance = chanceOf(settings.seed, "stock", sku, place);
      const onHand = yes(chance, 0.04) ? 0 : whole(chance, 5, 900);
      const batch = `B${dateOf(day - whole(chance, 30, 300)).replaceAll("-", "")}`;
      yield [
        place,
        sku,
        name,
        stage === undefined ? size : `${stage}段`,
        onHand,
        Math.min(onHand, whole(chance, 0, 40)),
        whole(chance, 0, 300),
        batch,
        dateOf(day + whole(chance, 90, 700)),
        shopTimeOf(startOf(day) + 23 * 3_600_000),
      ];
    }
  }
}

export const stock: BrandFile = {
  path: "erp/库存台账",
  format: "csv",
  encoding: "gbk",
  title: null,
  columns: [
    "仓库",
    "商品编码",
    "商品名称",
    "规格",
    "可用库存",
    "占用库存",
    "在途库存",
    "批次号",
    "有效期至",
    "盘点时间",
  ],
  ofCalendar: stockRows,
};

const states = ["已完成", "部分到货", "未到货", "已取消"] as const;

function* purchaseRows(settings: ShopsSettings): Generator<readonly Cell[]> {
  const starts = monthStarts(settings.until, settings.months);
  for (let day = starts[0]!; day <= lastDay(settings); day += 3) {
    const chance = chanceOf(settings.seed, "purchase", day);
    for (let line = 1; line <= whole(chance, 1, 4); line++) {
      const { sku, brand, priceFen } = pick(chance, catalogue);
      const quantity = whole(chance, 2, 40) * 50;
      const due = day + whole(chance, 10, 35);
      const state =
        due < lastDay(settings) ? (yes(chance, 0.92) ? states[0] : states[1]) : pick(chance, states.slice(1));
      const received = state === "已完成" ? quantity : state === "部分到货" ? quantity / 2 : 0;
      yield [
        `PO${dateOf(day).replaceAll("-", "")}`,
        line,
        `${brand.zh}供应链有限公司`,
        sku,
        quantity,
        received,
        ((priceFen * 0.62) / 100).toFixed(2),
        dateOf(day),
        dateOf(due),
        received > 0 ? dateOf(due + whole(chance, -3, 6)) : "",
        pick(chance, warehouses),
        state,
      ];
    }
  }
}

export const purchases: BrandFile = {
  path: "erp/采购订单",
  format: "csv",
  encoding: "gbk",
  title: null,
  columns: [
    "采购单号",
    "行号",
    "供应商",
    "商品编码",
    "采购数量",
    "到货数量",
    "采购单价",
    "下单日期",
    "预计到货日期",
    "实际到货日期",
    "收货仓库",
    "单据状态",
  ],
  ofCalendar: purchaseRows,
};
