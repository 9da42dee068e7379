import { pino } from "pino";

export type Log = pino.Logger;

/** What must never reach a log, wherever an object may carry it. */
const secrets = [
  "authorization",
  "cookie",
  "password",
  "token",
  "key",
  "writeKey",
  "req.headers.authorization",
  "req.headers.cookie",
  "headers.authorization",
  "headers.cookie",
];

/** One JSON line per happening, on standard error so that standard output keeps to what people read. */
export function createLog(level = "info"): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: secrets, censor: "***" },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

export const silentLog = (): Log => pino({ level: "silent" });
