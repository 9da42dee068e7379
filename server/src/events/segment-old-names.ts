import { fields } from "./segment-traits.ts";

/** Names of the protocol's first years, which older senders and Segment's own documents still write. */
const olderNames: Readonly<Record<string, string>> = {
  action: "type",
  user_id: "userId",
  anonymous_id: "anonymousId",
  group_id: "groupId",
  previous_id: "previousId",
  message_id: "messageId",
};

/** The item under today's names; undefined when it has none of the old ones. Asked for only when an item is refused. */
export function withTodaysNames(item: unknown): Record<string, unknown> | undefined {
  const own = fields(item);
  if (own === undefined) return undefined;
  const renamed = Object.entries(olderNames).filter(
    ([old, today]) => own[old] !== undefined && (own[today] === undefined || own[today] === null),
  );
  if (renamed.length === 0) return undefined;
  const result: Record<string, unknown> = { ...own };
  for (const [old, today] of renamed) {
    result[today] = own[old];
    delete result[old];
  }
  return result;
}
