import { isoOf } from "../calendar.ts";
import type { Chance } from "../chance.ts";
import type { Household } from "../household.ts";
import type { Context, Message } from "../message.ts";
import type { Account } from "../people.ts";
import type { Behaviour } from "../settings.ts";

/** What has been told so far of one family. */
export type Told = {
  readonly household: Household;
  readonly chance: Chance;
  /** A stream of its own for browsing, so that leaving it out changes nothing else. */
  readonly browsing: Chance;
  readonly behaviour: Behaviour;
  /** Nothing is told from this instant on. */
  readonly endAt: number;
  readonly idPrefix: string;
  readonly messages: Message[];
  readonly registeredAt: Map<Account, number>;
  /** What each account stated of each child: account's user and shop, then the child's key. */
  readonly stated: Map<Account, Map<string, "dueDate" | "birthday">>;
};

type Said = Pick<Message, "type"> &
  Partial<Pick<Message, "event" | "name" | "properties" | "traits" | "previousId">>;

export type As = "visitor" | "member" | "both";

function contextOf(account: Account, extra: Context | undefined, full: boolean): Context | undefined {
  const device =
    account.deviceId === undefined ? undefined : { id: account.deviceId, type: phoneKind(account.deviceId) };
  if (!full && !device && !extra) return undefined;
  return { ...(full ? { externalIds: account.externalIds } : {}), ...(device ? { device } : {}), ...extra };
}

const phoneKind = (deviceId: string): "ios" | "android" => (deviceId < "9" ? "ios" : "android");

/** Adds a message, unless its time lies beyond the end of the town's time. */
export function tell(told: Told, account: Account, at: number, as: As, said: Said, extra?: Context): void {
  if (at >= told.endAt) return;
  const context = contextOf(account, extra, said.type === "identify" || said.event === "Order Completed");
  told.messages.push({
    timestamp: isoOf(Math.floor(at)),
    source: account.shop,
    messageId: `${told.idPrefix}-${told.messages.length}`,
    ...(as === "visitor" ? {} : { userId: account.userId }),
    ...(as === "member" ? {} : { anonymousId: account.anonymousId }),
    ...said,
    ...(context ? { context } : {}),
  });
}

/** Whether a shop knows its visitors by a cookie or device before they sign in. */
export const meetsVisitors = (account: Account): boolean =>
  account.shop === "miniapp" || account.shop === "app";
