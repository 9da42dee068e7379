const hourMs = 3_600_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const known = new Map<string, Map<number, number>>();

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds. Remembered by the hour: asking Intl costs more than the rest of reading an event. */
export function zoneOffset(zone: string, utcMs: number): number {
  const hours = known.get(zone) ?? new Map<number, number>();
  known.set(zone, hours);
  const hour = Math.floor(utcMs / hourMs);
  const found = hours.get(hour);
  if (found !== undefined) return found;
  if (hours.size > 100_000) hours.clear();
  const offset = askIntl(zone, hour * hourMs);
  hours.set(hour, offset);
  return offset;
}

/** The instant at which a zone's clocks show this wall time (given as if it were UTC). */
export function instantOfWallTime(zone: string, wallMs: number): number {
  const first = wallMs - zoneOffset(zone, wallMs);
  return wallMs - zoneOffset(zone, first);
}

function askIntl(zone: string, utcMs: number): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const name = format.formatToParts(utcMs).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes, seconds] = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name) ?? [];
  if (sign === undefined) return 0;
  const ms = Number(hours) * hourMs + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1000;
  return sign === "-" ? -ms : ms;
}
