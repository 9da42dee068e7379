import { isoOf } from "../calendar.ts";
import { cardOf } from "./brand/members.ts";
import type { FamilySales } from "./brand-file.ts";
import type { ExportFile } from "./plan.ts";
import { platforms } from "./platforms.ts";
import {
  type Buyer,
  type PhoneUse,
  type PlatformId,
  paidFenAt,
  refundFenAt,
  type ShopOrder,
  statusAt,
  stepAt,
} from "./shop-order.ts";

type Identifier = { readonly namespace: string; readonly value: string };

const iso = (ms: number | null): string | null => (ms === null ? null : isoOf(ms));

/** What a reader without a fault can know of the buyer: the account's name where it is shown, and a phone shown whole. */
function identifiersOf(platform: PlatformId, { member, phone, shows }: Buyer): Identifier[] {
  const { namespace } = platforms[platform];
  return [
    ...(member !== null && namespace !== null ? [{ namespace, value: member }] : []),
    ...(shows === "whole" ? [{ namespace: "phone", value: phone }] : []),
  ];
}

/** An order as it stood when it was last exported: what all the files together say, the newest winning. */
export function orderTruth(order: ShopOrder, files: readonly ExportFile[]): object {
  const at = Math.max(...files.map(({ exportedAt }) => exportedAt));
  const { platform, buyer } = order;
  return {
    platform,
    shop: platforms[platform].shop,
    order: order.id,
    placedAt: iso(order.placedAt),
    paidAt: iso(stepAt(order.paidAt, at)),
    status: statusAt(order, at),
    amountFen: paidFenAt(order, at),
    freightFen: order.freightFen,
    refundFen: refundFenAt(order, at),
    items: order.items.map(({ sku, quantity, priceFen }) => ({ sku, quantity, priceFen })),
    buyer: { person: buyer.person, family: buyer.family },
    identifiers: identifiersOf(platform, buyer),
    phoneUse: buyer.phoneUse,
    marks: order.marks,
    // How often it was exported: more than once is a duplicate to be folded.
    exports: files.filter(({ kind }) => kind === platforms[platform].kinds[0]).length,
    // Nothing in the files can bring this back.
    lost: buyer.shows === "whole" ? [] : ["phone", "name"],
  };
}

type Use = Identifier & {
  readonly use: PhoneUse | "account";
  readonly platform: PlatformId;
  readonly order: string;
};

/** Who is who: each person of a family with every identifier under which the files show him, and how it came there. */
export function identityTruth(of: FamilySales): string {
  const { household, orders } = of;
  return household.people
    .map((person) => {
      const uses = new Map<string, Use>();
      for (const order of orders.filter(({ buyer }) => buyer.person === person.key)) {
        for (const identifier of identifiersOf(order.platform, order.buyer)) {
          const use = identifier.namespace === "phone" ? order.buyer.phoneUse : "account";
          const key = `${identifier.namespace} ${identifier.value}`;
          if (!uses.has(key))
            uses.set(key, { ...identifier, use, platform: order.platform, order: order.id });
        }
      }
      const card = cardOf(of, person);
      const line = {
        person: person.key,
        family: `f${household.index}`,
        role: person.role,
        name: person.name,
        phones: person.phones,
        /** In the brand's own programme, whose list shows the first of the phones. */
        ...(card === null ? {} : { card }),
        identifiers: [...uses.values()],
      };
      return uses.size === 0 && card === null ? "" : `${JSON.stringify(line)}\n`;
    })
    .join("");
}
