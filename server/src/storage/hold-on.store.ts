import { ch, list, str } from "../platform/clickhouse.ts";
import type { ErasedSubject } from "../platform/eraser.ts";
import { findHolds } from "./settings.store.ts";
import type { Stores } from "./stored-kind.ts";

/**
 * The reason of a legal hold that stands over anything of hers; null when none does. Nobody can say which of her other
 * data a hold will need, so while one stands over her all of hers stays. A hold of certain months stands over her when she
 * did something then.
 */
export async function holdOn({ db, clickhouse }: Stores, subject: ErasedSubject): Promise<string | null> {
  const holds = (await findHolds(db, subject.workspace)).filter(({ releasedAt }) => releasedAt === null);
  for (const { from, to, reason } of holds) {
    if ((from === null && to === null) || subject.nodes.length === 0) return reason;
    const [row] = await clickhouse.query<{ found: number }>(ch`
      select count() as found from event where node in ${list("UInt64", subject.nodes)}
        and toString(toDate(at)) between ${str(from ?? "0000")} and ${str(to ?? "9999")}`);
    if (Number(row?.found ?? 0) > 0) return reason;
  }
  return null;
}
