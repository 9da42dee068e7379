import type { Person } from "@stork/contract/people.ts";
import type { StoredRecord } from "@stork/contract/stored-records.ts";
import type { ReadOrder, TrueOrder } from "@stork/town/score.ts";
import { ask, type Desk } from "./bringing.ts";

type Page = { items: StoredRecord[]; next: string | null };
type OrderFields = {
  order: string;
  platform?: string;
  status: string;
  paidAt?: string;
  amountFen?: number;
  items?: { sku: string; quantity: number; amountFen: number }[];
};

const excluding = new Set(["test-order", "brush-order", "penny-order"]);

function readOrder({ fields, marks, person }: StoredRecord): ReadOrder {
  const { order, platform = "", status, paidAt = null, items = [], amountFen } = fields as OrderFields;
  const sum = items.reduce((all, item) => all + item.amountFen, 0);
  return {
    ...{ platform, order, status, paidAt, items, person },
    amountFen: amountFen ?? sum,
    isExcluded: marks.some(({ code }) => excluding.has(code)),
  };
}

/** All orders as the workspace has them now, page by page. */
export async function ordersOf(desk: Desk): Promise<ReadOrder[]> {
  const found: ReadOrder[] = [];
  for (let after: string | null = null; ; ) {
    const from: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const page: Page = await ask<Page>(desk, "GET", `/records/order?limit=500${from}`);
    found.push(...page.items.map(readOrder));
    if (page.next === null) return found;
    after = page.next;
  }
}

/** Whom each identifier of these orders leads to, asked one by one as a user would. */
export async function personsOf(
  desk: Desk,
  orders: readonly TrueOrder[],
): Promise<(namespace: string, value: string) => string | null> {
  const known = new Map<string, string | null>();
  for (const { namespace, value } of orders.flatMap(({ identifiers }) => identifiers)) {
    const key = `${namespace}:${value}`;
    if (known.has(key)) continue;
    const path = `/persons?identifier=${encodeURIComponent(key)}`;
    known.set(
      key,
      await ask<Person>(desk, "GET", path).then(
        ({ id }) => id,
        () => null,
      ),
    );
  }
  return (namespace, value) => known.get(`${namespace}:${value}`) ?? null;
}
