import type { ThingChange } from "../events/sensors-message.ts";
import type { RecordOrigin, RecordOutcome, StatedRecord } from "./record.ts";

/** What companies call goods where the Sensors protocol asks for an item's type. */
const goods = /^(product|products|goods|sku|spu|item|commodity|商品)$/i;
const names: Readonly<Record<string, readonly string[]>> = {
  product: ["product", "product_id", "spu"],
  name: ["name", "product_name", "goods_name", "title", "商品名称"],
  brand: ["brand", "品牌"],
  category: ["category", "category_id", "类目"],
  pack: ["pack", "spec", "规格"],
  barcode: ["barcode"],
  price: ["price", "价格"],
};

interface Parts {
  readItem(
    kind: "product",
    item: unknown,
    context: { zone: string; now: number },
  ): StatedRecord | { code: string };
  commit(
    origin: RecordOrigin,
    records: readonly StatedRecord[],
  ): Promise<readonly { outcome: RecordOutcome }[]>;
}

/**
 * Keeps what item_set and item_delete say of goods, as a part of its own of the product's record, so that it neither
 * takes from nor hides what the product master says. Answers for each whether it was kept.
 */
export const keepSensedProducts =
  ({ readItem, commit }: Parts) =>
  async (
    { workspace, source, zone }: { workspace: number; source: number; zone: string },
    received: number,
    changes: readonly ThingChange[],
  ): Promise<boolean[]> => {
    const records: StatedRecord[] = [];
    const kept = changes.map((change) => {
      if (!goods.test(change.thing.type)) return false;
      const read = readItem("product", inputOf(change), { zone, now: received });
      if ("code" in read) return false;
      records.push({ ...read, part: "item" });
      return true;
    });
    if (records.length > 0) await commit({ workspace, source, import: 0, received }, records);
    return kept;
  };

function inputOf({ thing, properties, at }: ThingChange): Record<string, unknown> {
  const input: Record<string, unknown> = { sku: thing.id, changedAt: at };
  if (properties === null) return { ...input, status: "off-sale" };
  for (const [name, others] of Object.entries(names)) {
    const found = others.find((other) => Object.hasOwn(properties, other));
    const value = found === undefined ? undefined : properties[found];
    if (typeof value === "string" || typeof value === "number")
      input[name] = name === "price" ? value : String(value);
  }
  return input;
}
