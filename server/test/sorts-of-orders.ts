import type { Mark } from "../src/cleaning/marks.ts";
import type { StatedRecord } from "../src/records/record.ts";
import { buyer, order } from "./stated-orders.ts";

/** A record, and the marks that it is given by what stands beside it; null: a row that was refused. */
export type Given = readonly [StatedRecord, ...Mark[]] | null;

export const phone = (value: string) => [{ namespace: "phone", value }];
const odd = 'tab\t, line\nand "quotes", \\ and \\n, 奶粉 👶, nul \u0001, é\u2028';

/** Orders of all sorts; those of the same numbers are the same orders. */
export const sortsOfOrders = (from: number): Given[] => [
  ...Array.from(
    { length: 40 },
    (_, i): Given => [order({ order: `P${from + i}`, identifiers: buyer(`b${i % 7}`) })],
  ),
  null,
  [order({ order: odd, shop: odd, coupon: odd, identifiers: phone("13912345678") })],
  [order({ order: `N${from}`, items: [{ sku: odd, name: odd, quantity: 1, price: 0.1, category: odd }] })],
  [order({ order: `M${from}`, identifiers: phone("139****5678") })],
  [order({ order: `O${from}`, identifiers: [] })],
  null,
  [
    order({
      order: `R${from}`,
      status: "refunded",
      refunds: [
        { id: "1", amount: 3 },
        { id: "2", amount: 4, at: "2026-04-05" },
      ],
    }),
  ],
  [order({ order: `C${from}`, status: "cancelled", cancelledAt: "2026-04-02 10:00" })],
  [order({ order: `W${from}`, status: "placed", paidAt: undefined, placedAt: "2026-03-31" })],
  [order({ order: `U${from}`, paidAt: undefined })],
  [order({ order: `E${from}`, items: [] }), "duplicate-near"],
  [
    order({
      order: `Q${from}`,
      amount: -5,
      currency: "USD",
      items: [{ sku: "S", quantity: 2_000, price: 3 }],
    }),
    "duplicate-near",
  ],
  [order({ order: `L${from}`, changedAt: "2026-04-03 01:02:03" })],
  // Two parts of one order, and one order twice, in one slice.
  [order({ order: `D${from}`, items: undefined, amount: 250 })],
  [order({ order: `D${from}`, amount: undefined, identifiers: [], paidAt: undefined }, "lines")],
  [order({ order: `T${from}`, changedAt: "2026-04-01" })],
  [order({ order: `T${from}`, changedAt: "2026-04-02", amount: 9, identifiers: buyer("b1") })],
  // Of somebody whose child was born long before.
  [order({ order: `A${from}`, identifiers: phone("13700000001") })],
  [order({ order: `S${from}`, buyer: { name: "王小明", city: "杭州市", note: odd } })],
  // Of one person several words, not in the order of time; and one of somebody of whom an odd order speaks, too.
  ...[3, 9, 9, 1].map(
    (day, i): Given => [
      order({
        ...{ order: `V${from + i}`, identifiers: buyer("b7"), paidAt: `2026-03-0${day} 20:00:00` },
        buyer: { name: `王小${i}`, city: `城${i}`, [i === 0 ? "level" : "district"]: "x" },
      }),
    ],
  ),
  [order({ order: `X${from}`, identifiers: buyer("b8"), buyer: { city: "早市", name: "早" } })],
  [
    order({ order: `Z${from}`, identifiers: buyer("b8"), buyer: { city: "晚市", name: "晚" } }),
    "duplicate-near",
    "duplicate-near",
  ],
];
