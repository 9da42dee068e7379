import { useEffect, useState } from "react";

/** The time, kept to the minute or as said, for words such as "3 minutes ago". The one place in the console that asks the machine. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
