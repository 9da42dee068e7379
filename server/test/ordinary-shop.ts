import type { TestEngines } from "./engines.ts";

/** Ten days of an ordinary shop, as if they had come live: written where they would be, since only the watch is tried. */
export async function tellHistory(
  { clickhouse }: TestEngines,
  workspace: number,
  source: number,
): Promise<void> {
  const hours = "4,2,1,1,1,2,6,12,18,24,28,28,26,24,24,25,26,28,32,40,48,50,36,14".split(",").map(Number);
  const drawn = hours.flatMap((share, hour) => new Array<number>(share).fill(hour));
  const text = `
    insert into event (workspace, node, message, at, received, type, name, source, order_id, amount_fen, quantity,
      item.sku, item.category, item.quantity, item.amount_fen, properties)
    with [${drawn.join(",")}] as hours, cityHash64(number, 1) as r1, cityHash64(number, 2) as r2,
      number % 12 = 0 as ordered, round(exp(4.6 + 0.9 * sqrt(-2 * log((r1 % 99999 + 1) / 100001))
        * cos(6.2831853 * (r2 % 100000) / 100000)), 2) as price,
      toDateTime64('2026-05-02 16:00:00', 3, 'UTC') + intDiv(number, 40000) * 86400
        + hours[1 + cityHash64(number, 3) % length(hours)] * 3600 + (cityHash64(number, 4) % 3600000) / 1000 as happened,
      ['formula', 'diapers', 'toys'][1 + r2 % 3] as category
    select {workspace:UInt32}, 1 + r1 % 3000, cityHash64(number, 5),
      happened, happened + 1 + r2 % 3, 'track', if(ordered, 'Order Completed', 'Product Viewed'), {source:UInt32},
      if(ordered, concat('H', toString(number)), ''), if(ordered, toInt64(round(price * 100)), 0), 1,
      [concat('S-', toString(r1 % 300))], [category], [1], [toInt64(round(price * 100))],
      concat('{', if(ordered, concat('"order_id":"H', toString(number), '","revenue":', toString(price),
        ',"status":"paid","products":[{"quantity":1,'), ''),
        '"sku":"S-', toString(r1 % 300), '","name":"婴儿奶粉三段","category":"', category, '","price":', toString(price),
        if(ordered, '}]}', '}'))
    from numbers(440000)
    where happened < toDateTime64('2026-05-13 12:00:00', 3, 'UTC')`;
  await clickhouse.command({ text, params: { workspace, source } });
}
