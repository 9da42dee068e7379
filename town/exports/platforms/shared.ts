import { maskedPhone } from "../../phones.ts";
import type { ExportRow } from "../columns.ts";

type Of = (row: ExportRow) => string;

/** The receiver as platforms show him: whole, masked (王**, 138****1234), or only masked by a blank. */
export const buyerColumns = {
  name: ({ order: { buyer } }) => (buyer.shows === "whole" ? buyer.name : `${buyer.name[0]}**`),
  phone: ({ order: { buyer } }) =>
    buyer.shows === "whole" ? buyer.phone : buyer.shows === "masked" ? maskedPhone(buyer.phone) : "",
  province: ({ order }) => order.buyer.address.province,
  city: ({ order }) => order.buyer.address.city,
  district: ({ order }) => order.buyer.address.district,
  street: ({ order: { buyer } }) => (buyer.shows === "whole" ? buyer.address.street : "****"),
  spacedAddress: (row) =>
    [buyerColumns.province, buyerColumns.city, buyerColumns.district, buyerColumns.street]
      .map((of) => of(row))
      .join(" "),
  wholeAddress: (row) => buyerColumns.spacedAddress(row).replaceAll(" ", ""),
} satisfies Record<string, Of> as Record<
  "name" | "phone" | "province" | "city" | "district" | "street" | "spacedAddress" | "wholeAddress",
  Of
>;

export const goodsFen = ({ order }: ExportRow): number =>
  order.items.reduce((sum, item) => sum + item.priceFen * item.quantity, 0);
