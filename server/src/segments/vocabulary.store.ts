import type { Vocabulary } from "@stork/contract/segments.ts";
import { personOf } from "../people/person-map.ts";
import { type ClickHouse, ch, u32 } from "../platform/clickhouse.ts";
import { meanings } from "./conditions.ts";
import { typeOf } from "./value-type.ts";
import { eventLabel } from "./words.ts";

/** Of each event this many recent rows tell which properties it has. */
const sampleRows = 300;
const mostNames = 300;

interface EventRow {
  name: string;
  count: number;
  amounts: number;
  quantities: number;
  orders: number;
  categories: string[];
  skus: string[];
}

/** What has arrived so far: events with their properties, traits with their values. */
export async function findVocabulary(clickhouse: ClickHouse, workspace: number): Promise<Vocabulary> {
  const w = u32(workspace);
  const [events, properties, traits] = await Promise.all([
    clickhouse.query<EventRow>(ch`
      select name, count() as count, countIf(amount_fen != 0) as amounts, countIf(quantity != 0) as quantities,
        countIf(order_id != '') as orders, groupUniqArrayArray(8)(item.category) as categories,
        groupUniqArrayArray(4)(item.sku) as skus
      from event where workspace = ${w} and name != ''
      group by name order by count desc limit ${u32(mostNames)}`),
    clickhouse.query<{ name: string; property: string; examples: string[] }>(ch`
      with (select max(at) from event where workspace = ${w} and at <= now64(3)) as newest
      select name, kv.1 as property, groupUniqArray(5)(kv.2) as examples
      from (
        select name, properties from event
        where workspace = ${w} and at > newest - interval 90 day and name != '' and properties != ''
        limit ${u32(sampleRows)} by name
      )
      array join JSONExtractKeysAndValuesRaw(properties) as kv
      group by name, property order by name, count() desc limit 60 by name`),
    clickhouse.query<{ key: string; persons: number; examples: string[] }>(ch`
      select key, uniq(${personOf(ch`node`)}) as persons, groupUniqArray(8)(value) as examples
      from trait where workspace = ${w} group by key order by persons desc limit ${u32(mostNames)}`),
  ]);
  return {
    events: events.map((row) => ({
      name: row.name,
      label: eventLabel(row.name),
      count: row.count,
      properties: [
        ...columnsOf(row),
        ...properties
          .filter(
            ({ name, property }) =>
              name === row.name && !columnsOf(row).some((column) => column.name === property),
          )
          .map(({ property, examples }) => propertyOf(property, examples)),
      ],
    })),
    traits: traits.map(({ key, persons, examples }) => ({
      key,
      type: typeOf(examples),
      persons,
      examples: examples.slice(0, 5).sort(),
    })),
    kinds: Object.entries(meanings).map(([kind, { label, form }]) => ({ kind, label, form: [...form] })),
  };
}

type Property = Vocabulary["events"][number]["properties"][number];

/** What an order's columns hold, under the names that the condition language gives them. */
function columnsOf({ amounts, quantities, orders, categories, skus }: EventRow): Property[] {
  const some = (values: string[]) => values.filter((value) => value !== "").sort();
  const all: (Property & { has: boolean })[] = [
    { name: "amount", type: "number", examples: [], has: amounts > 0 },
    { name: "quantity", type: "number", examples: [], has: quantities > 0 },
    { name: "category", type: "text", examples: some(categories), has: some(categories).length > 0 },
    { name: "sku", type: "text", examples: some(skus), has: some(skus).length > 0 },
    { name: "order_id", type: "text", examples: [], has: orders > 0 },
  ];
  return all.filter(({ has }) => has).map(({ has: _, ...property }) => property);
}

/** Values as JSON wrote them: text in quotes. */
function propertyOf(name: string, raw: readonly string[]): Property {
  const known = raw.filter((value) => value !== "null");
  const texts = known.map((value) => (value.startsWith('"') ? (JSON.parse(value) as string) : value));
  const plain = texts.filter((text) => !/^[[{]/.test(text) && text.length <= 60);
  return { name, type: typeOf(texts), examples: plain.sort() };
}
