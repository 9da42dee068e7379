import { expect, test } from "vitest";
import { examine, type Scene } from "./examine.ts";
import { Recent } from "./recent.ts";
import { rehearsedModels, rehearseMinute } from "./rehearsal.ts";
import { minuteMs } from "./sampler.ts";

const dayMs = 86_400_000;

test("quarter", { timeout: 600_000 }, () => {
  const start = Date.parse("2026-04-01T00:00:00+08:00");
  let t = performance.now();
  const models = rehearsedModels(1, start);
  console.log("learn", performance.now() - t);
  for (const [k, m] of models)
    console.log(k, m.seasonal?.level, m.seasonal?.dispersion, m.gaps, Object.keys(m.shares).length);
  const recent = new Recent();
  const days = Number(process.env.DAYS ?? 7);
  const open = new Map<string, number>();
  t = performance.now();
  let alarms = 0;
  for (let minute = start; minute < start + days * dayMs; minute += minuteMs) {
    recent.advance(minute);
    recent.put(rehearseMinute(1, minute));
    const scene: Scene = {
      views: recent.views(),
      now: minute + 59_000,
      zone: "Asia/Shanghai",
      awakeSince: start,
      model: (source, name) => models.get(`${source} ${name}`) ?? null,
      liveMinutes: () => 100,
      imports: () => null,
      setting: () => ({ off: false, threshold: null }),
    };
    for (const one of examine(scene)) {
      if (!one.breached) continue;
      const key = `${one.indicator} ${one.source} ${one.name} ${one.field}`;
      if (!open.has(key)) {
        alarms += 1;
        console.log(
          new Date(minute + 8 * 3600e3).toISOString(),
          key,
          one.value.toFixed(3),
          one.of,
          one.usual,
          one.chance,
        );
      }
      open.set(key, minute);
    }
    for (const [key, at] of open) if (minute - at > 10 * minuteMs) open.delete(key);
  }
  console.log("alarms", alarms, "ms", performance.now() - t);
  expect(1).toBe(1);
});
