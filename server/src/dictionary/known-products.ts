import type { Known } from "./known-name.ts";

const of = (
  zh: string,
  en: string,
  meaningZh: string,
  meaningEn: string,
  more: Pick<Known, "type" | "also" | "unit" | "sensitivity"> = { type: "text" },
): Known => ({ label: { zh, en }, meaning: { zh: meaningZh, en: meaningEn }, ...more });

/** What an order says of each of its products, by the path at which the watch over quality names it. */
export const knownProducts: Readonly<Record<string, Known>> = Object.fromEntries(
  Object.entries({
    sku: of("商品的商家编码", "SKU of a product", "可售单位的编码。", "The code of what is sold."),
    product_id: of("商品编号", "Product id", "商品（款）的编号。", "The number of the product."),
    name: of("商品名称", "Product name", "商品的名称。", "What the product is called.", {
      type: "text",
      sensitivity: "internal",
    }),
    brand: of("商品的品牌", "Brand of a product", "商品的品牌。", "The product's brand."),
    variant: of(
      "商品的规格",
      "Variant of a product",
      "颜色、尺码、段数等。",
      "Colour, size, stage and the like.",
    ),
    size: of("商品的尺码", "Size of a product", "纸尿裤或童装的尺码。", "Size of a diaper or garment."),
    stage: of("商品的段位", "Stage of a product", "奶粉的段位。", "Stage of a formula.", {
      type: "number",
      also: ["text"],
    }),
    category: of("商品的类目", "Category of a product", "商品的类目。", "The product's category."),
    quantity: of("商品件数", "Pieces of a product", "买了几件。", "How many were bought.", {
      type: "number",
      unit: "件 pcs",
    }),
    price: of("商品单价", "Price of a product", "一件的价格。", "The price of one piece.", {
      type: "number",
      unit: "CNY",
    }),
    subtotal: of("商品小计", "Subtotal of a product", "这件商品的合计。", "What this product came to.", {
      type: "number",
      unit: "CNY",
    }),
    discount: of(
      "商品的优惠",
      "Discount on a product",
      "这件商品优惠掉的金额。",
      "What was taken off this product.",
      {
        type: "number",
        unit: "CNY",
      },
    ),
    gift: of("是否赠品", "Gift", "是不是随单赠送的。", "Whether it came free with the order.", {
      type: "boolean",
    }),
    coupon: of(
      "商品的优惠券",
      "Coupon on a product",
      "这件商品用到的券。",
      "The coupon used on this product.",
    ),
    position: of("商品的位置", "Position of a product", "在列表里的第几个。", "Its place in the list.", {
      type: "number",
    }),
    url: of("商品页网址", "URL of a product", "商品页的网址。", "The address of the product's page."),
    image_url: of(
      "商品图网址",
      "Image of a product",
      "商品图片的网址。",
      "The address of the product's picture.",
    ),
  }).map(([name, known]) => [`products[].${name}`, known]),
);
