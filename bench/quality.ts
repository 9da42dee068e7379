import type { CommittedRow } from "../server/src/events/committed-row.ts";
import { type Alarm, chanceFrom, rehearse } from "../server/src/quality/rehearsal.ts";
import { Sampler } from "../server/src/quality/sampler.ts";
import type { Benchmark } from "./benchmark.ts";

const start = Date.parse("2026-04-01T00:00:00+08:00");
const weeksOf = { small: 1, full: 13 };
const rows = 200_000;

/**
 * False alarms on clean weeks (the full scale is the quarter from April on, with its holidays and the sale of June), all
 * sources and indicators together; what the counting costs an event; and how fast whole minutes are looked at.
 */
export const quality: Benchmark = {
  summary: "weeks, alarms, alarmsPerWeek, looksPerSecond, microsecondsPerEvent",
  async run({ scale, say }) {
    const weeks = weeksOf[scale];
    say(`${weeks} clean weeks, a look a minute …`);
    const began = process.cpuUsage();
    const alarms = rehearse({ seed: 1, from: start, days: weeks * 7 });
    const seconds = process.cpuUsage(began).user / 1e6;
    for (const alarm of alarms) say(told(alarm));
    return {
      weeks,
      alarms: alarms.length,
      alarmsPerWeek: Math.round((alarms.length / weeks) * 100) / 100,
      looksPerSecond: Math.round((weeks * 7 * 1440) / seconds),
      microsecondsPerEvent: samplingCost(),
    };
  },
};

const told = ({ at, figure }: Alarm): string =>
  `${new Date(at).toISOString()} ${figure.indicator} source ${figure.source} ${figure.name} ${figure.field} ${figure.value.toFixed(3)} of ${figure.of}`;

/** Of CPU, per event of a busy minute: batches of a hundred, five names, properties of an order's size. */
function samplingCost(): number {
  const sampler = new Sampler();
  const draw = chanceFrom(7);
  const at = start;
  const made: CommittedRow[] = Array.from({ length: rows }, (_, i) => ({
    node: i,
    origin: { workspace: 1, source: 1, import: 0, received: at + Math.floor((i / rows) * 20_000) },
    event: {
      identifiers: [{ namespace: "user", value: String(i) }],
      rule: "same-message",
      message: String(i),
      at: at + Math.floor((i / rows) * 20_000) - 800,
      type: "track",
      name: ["Product Viewed", "Product Added", "Page Viewed", "Order Completed", "Searched"][
        i % 5
      ] as string,
      orderId: "",
      amountFen: 0,
      quantity: 1,
      items: [],
      marks: [],
      excluded: false,
      properties: `{"sku":"S${i % 300}","name":"婴儿奶粉三段","category":"formula","price":${Math.round(draw() * 500)},"channel":"app"}`,
      said: [],
    },
  }));
  const batches = Array.from({ length: rows / 100 }, (_, i) => made.slice(i * 100, i * 100 + 100));
  const began = process.cpuUsage();
  for (const batch of batches) sampler.take(1, batch);
  return Math.round((process.cpuUsage(began).user / rows) * 1000) / 1000;
}
