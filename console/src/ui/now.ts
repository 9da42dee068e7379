import { useEffect, useState } from "react";

/** The time, kept to the minute, for words such as "3 minutes ago". The one place in the console that asks the machine. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
