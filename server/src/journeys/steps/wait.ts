import { DateTime } from "luxon";
import type { StepMeaning, StepOf } from "../step.ts";

/** Until when: so long, and then to the next time of day, there. */
export function restsUntil({ minutes, until }: StepOf<"wait">, now: Date, timeZone: string): Date {
  const after = DateTime.fromJSDate(now, { zone: timeZone }).plus(
    minutes % 1440 === 0 ? { days: minutes / 1440 } : { minutes },
  );
  if (until === undefined) return after.toJSDate();
  const [hour = 0, minute = 0] = until.split(":").map(Number);
  const same = after.set({ hour, minute, second: 0, millisecond: 0 });
  return (same < after ? same.plus({ days: 1 }) : same).toJSDate();
}

/** Waits a while, or until a time of day. Days are days of the calendar: a change of clocks moves nothing. */
export const wait: StepMeaning<"wait"> = {
  take: (step, { resting, now, timeZone }) =>
    resting ? { next: "on" } : { next: "rest", until: restsUntil(step, now, timeZone) },
  asks: () => null,
  says: () => null,
  sentence: ({ minutes, until }) => {
    const long = minutes === 0 ? null : duration(minutes);
    if (until === undefined) return { zh: `等 ${long?.zh}`, en: `wait ${long?.en}` };
    return long === null
      ? { zh: `等到 ${until}`, en: `wait until ${until}` }
      : { zh: `等 ${long.zh}，再到 ${until}`, en: `wait ${long.en}, then until ${until}` };
  },
};

function duration(minutes: number) {
  const [count, zh, en] =
    minutes % 1440 === 0
      ? [minutes / 1440, "天", "day"]
      : minutes % 60 === 0
        ? [minutes / 60, "小时", "hour"]
        : [minutes, "分钟", "minute"];
  return { zh: `${count} ${zh}`, en: `${count} ${en}${count === 1 ? "" : "s"}` };
}
