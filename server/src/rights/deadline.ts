import type { Clock } from "@stork/contract/rights.ts";
import chinese from "chinese-days";

/** GB/T 35273-2020 8.7: thirty days at most; what the industry's regulators expect, and our default: fifteen working days. */
export const usualAnswerDays = 15;
/** From here on the clock is amber. */
const soonDays = 5;

/** The last day on which a request received on a day is answered in time; that day itself does not count. */
export function dueOn(receivedOn: string, workingDays: number): string {
  let day = receivedOn;
  for (let left = workingDays; left > 0; ) {
    day = nextDay(day, 1);
    if (chinese.isWorkday(day)) left -= 1;
  }
  return day;
}

/** Working days from tomorrow up to and including the due day; 0 on that day itself, negative after it. */
export function workingDaysLeft(due: string, today: string): number {
  if (due === today) return 0;
  const [from, to] = due > today ? [today, due] : [due, today];
  let days = 0;
  for (let day = nextDay(from, 1); day <= to; day = nextDay(day, 1)) if (chinese.isWorkday(day)) days += 1;
  // Over a holiday no working day has passed, and yet it is late.
  return due > today ? days : -Math.max(days, 1);
}

export function clockOn(due: string, today: string): Clock {
  const left = workingDaysLeft(due, today);
  return {
    dueOn: due,
    workingDaysLeft: left,
    colour: left <= 0 ? "red" : left <= soonDays ? "amber" : "green",
  };
}

function nextDay(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}
