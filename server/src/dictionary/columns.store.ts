import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import type { ColumnUse } from "./lineage.ts";

/** Which columns of imported files became what, by the newest import of each source that used them. */
export async function findColumns(db: Db, workspace: number): Promise<ColumnUse[]> {
  const { rows } = await sql<{ source: number; name: string; column: string; target: string }>`
    select distinct import.source_id as source, source.name, file.header ->> (place.value ->> 1)::int as "column",
      place.value ->> 0 as target
    from import join source on source.id = import.source_id,
      jsonb_to_recordset(import.files) as file (header jsonb, places jsonb),
      jsonb_array_elements(file.places) as place (value)
    where import.workspace_id = ${workspace} and import.status in ('done', 'needs-decision')
    order by 1, 3 limit 2000`.execute(db);
  return rows.flatMap(({ source, name, column, target }) =>
    (entriesOfTarget[target] ?? []).map((entry) => ({
      ...{ source: String(source), sourceName: name, column, entry },
    })),
  );
}

/** What a column's target becomes; a column that only names somebody becomes an identifier, which is no entry. */
const order = (property: string): string => `property:Order Completed/${property}`;
const entriesOfTarget: Readonly<Record<string, readonly string[]>> = {
  order: [order("order_id")],
  paidAt: ["event:Order Completed"],
  shop: [order("shop")],
  sku: [order("products")],
  title: [order("products")],
  category: [order("products")],
  quantity: [order("products"), order("quantity")],
  price: [order("products")],
  discount: [order("discount")],
  amount: [order("total"), order("amount")],
  name: ["trait:name"],
  province: ["trait:province"],
  city: ["trait:city"],
  district: ["trait:district"],
};
