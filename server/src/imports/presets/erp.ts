import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { Preset, RecordKind } from "../preset.ts";
import { cellsFor } from "./cells.ts";
import { refusalOf } from "./refusal-of.ts";
import { code, day, money, pieces, planned, required, time, words } from "./target.ts";

const sku = required(
  code(
    "sku",
    "商家编码",
    "SKU",
    "商品编码",
    "规格编码",
    "货品编号",
    "存货编码",
    "物料编码",
    "条码",
    "sku_code",
  ),
);
const common = { together: null, repeats: false, personsAs: null } as const;

const productTargets = [
  sku,
  required(words("name", "商品名称", "Name", "货品名称", "品名", "存货名称", "物料名称")),
  words("brand", "品牌", "Brand"),
  code("category", "类目", "Category", "分类", "商品分类", "品类"),
  words("pack", "规格", "Pack", "规格型号", "包装规格"),
  code("barcode", "条形码", "Barcode", "国际条码", "69码"),
  ...money("price", "零售价", "Price", "售价", "吊牌价", "标准售价"),
  ...money("cost", "成本价", "Cost", "参考成本", "采购价"),
];
const productCells = cellsFor(productTargets);
const products: RecordKind = {
  ...{
    id: "products",
    label: { zh: "商品档案", en: "Products" },
    record: "product",
    targets: productTargets,
  },
  ...common,
  read([row = {}], context) {
    const read = productCells(context);
    const number = read.raw(row, "sku");
    if (number === "") return { refused: "no-key" };
    const yuan = (id: string) => (read.fen(row, id) ?? Number.NaN) / 100;
    const price = yuan("price");
    const cost = yuan("cost");
    const stated = kinds.product.state(
      {
        sku: number,
        name: read.text(row, "name"),
        ...{ brand: read.text(row, "brand"), category: read.raw(row, "category") },
        ...{ pack: read.text(row, "pack"), barcode: read.raw(row, "barcode") },
        price: Number.isNaN(price) ? undefined : price,
        cost: Number.isNaN(cost) ? undefined : cost,
      },
      { ...context, marks: [...read.marks] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

const stockTargets = [
  sku,
  words("place", "仓库", "Place", "仓库名称", "门店", "库位", "warehouse"),
  required(
    pieces("onHand", "可用库存", "On hand", "库存数量", "现存量", "库存", "实际库存", "结存数量", "qty"),
  ),
  pieces("reserved", "占用库存", "Reserved", "锁定库存", "待发数量", "预占库存"),
  pieces("inTransit", "在途库存", "In transit", "在途数量", "采购在途"),
  code("batch", "批次号", "Batch", "批号", "生产批次"),
  day("expiresOn", "有效期至", "Expires on", "失效日期", "到期日"),
  time("at", "盘点时间", "Counted at", "库存日期", "快照时间", "日期", "更新时间"),
];
const stockCells = cellsFor(stockTargets);
const stocks: RecordKind = {
  ...{ id: "stock", label: { zh: "库存", en: "Stock" }, record: "stock", targets: stockTargets },
  ...common,
  read([row = {}], context) {
    const read = stockCells(context);
    const number = read.raw(row, "sku");
    const onHand = read.quantity(row, "onHand");
    if (number === "") return { refused: "no-key" };
    if (onHand === undefined) return { refused: "quantity-unreadable" };
    const stated = kinds.stock.state(
      {
        ...{ sku: number, onHand },
        place: read.text(row, "place"),
        // A file that says no day was counted on the day it is read.
        at: read.instant(row, "at") ?? context.now - (context.now % 86_400_000),
        reserved: read.quantity(row, "reserved"),
        inTransit: read.quantity(row, "inTransit"),
        batch: read.raw(row, "batch"),
        expiresOn: read.date(row, "expiresOn"),
      },
      { ...context, marks: [...read.marks] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

const purchaseTargets = [
  required(code("number", "采购单号", "Purchase order", "采购订单号", "单据编号", "po_number")),
  code("line", "行号", "Line", "明细行号", "序号"),
  words("supplier", "供应商", "Supplier", "供应商名称"),
  sku,
  required(pieces("quantity", "采购数量", "Quantity", "订货数量", "数量")),
  pieces("received", "入库数量", "Received", "已入库数量", "到货数量", "已到货数量"),
  ...money("price", "采购单价", "Price", "单价", "含税单价"),
  required(time("orderedAt", "采购日期", "Ordered at", "下单日期", "单据日期", "下单时间")),
  planned("expectedAt", "预计到货日期", "Expected at", "交货日期", "预计到货时间", "要求到货日期"),
  words("status", "单据状态", "Status", "采购状态", "订单状态", "状态"),
  planned("receivedAt", "实际到货日期", "Received at", "入库时间", "入库日期"),
  words("place", "仓库", "Place", "入库仓库", "收货仓库"),
];
/** Programs write the day they hope for into the column of arrivals too. */
const arrivals = (expectedAt: number | undefined, receivedAt: number | undefined, now: number) =>
  receivedAt !== undefined && receivedAt > now
    ? { expectedAt: receivedAt, receivedAt: undefined }
    : { expectedAt, receivedAt };
const purchaseCells = cellsFor(purchaseTargets);
const purchases: RecordKind = {
  ...{ id: "purchases", label: { zh: "采购单", en: "Purchase orders" }, record: "purchase-order" },
  targets: purchaseTargets,
  ...common,
  read([row = {}], context) {
    const read = purchaseCells(context);
    const quantity = read.quantity(row, "quantity");
    const orderedAt = read.instant(row, "orderedAt");
    const number = read.raw(row, "number");
    if (number === "" || read.raw(row, "sku") === "") return { refused: "no-key" };
    if (quantity === undefined) return { refused: "quantity-unreadable" };
    if (orderedAt === undefined) return { refused: "day-unreadable" };
    const price = read.fen(row, "price");
    const stated = kinds["purchase-order"].state(
      {
        ...{ number, quantity, orderedAt, line: read.raw(row, "line"), sku: read.raw(row, "sku") },
        supplier: read.text(row, "supplier"),
        received: read.quantity(row, "received"),
        price: price === undefined ? undefined : price / 100,
        ...arrivals(read.instant(row, "expectedAt"), read.instant(row, "receivedAt"), context.now),
        place: read.text(row, "place"),
        status: /取消|作废|关闭|cancel/i.test(read.text(row, "status")) ? "cancelled" : undefined,
      },
      { ...context, marks: [...read.marks] },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

export const erp: Preset = {
  id: "erp",
  name: { zh: "ERP 商品、库存、采购单", en: "ERP products, stock, purchase orders" },
  description: {
    zh: "ERP（聚水潭、旺店通、用友、金蝶等）导出的商品档案、库存和采购单明细。",
    en: "Products, stock and purchase orders as ERP systems export them.",
  },
  platform: "erp",
  kinds: [products, purchases, stocks],
};
