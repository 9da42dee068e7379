import { preferenceUrl } from "../privacy/preference-link.ts";
import { messageLinkDays } from "../privacy/preference-token.ts";
import type { Addresses } from "./content.ts";
import { writeToken } from "./token.ts";

/** Where the links of one message lead: to us, with a token that proves that we wrote it. */
export function addressesOf(
  publicUrl: string,
  hashKey: Buffer,
  { message, workspace, person, now }: { message: number; workspace: number; person: number; now: Date },
): Addresses {
  const whose = { workspace, node: person, days: messageLinkDays, now };
  return {
    preferences: preferenceUrl(publicUrl, hashKey, whose).url,
    link: (link) => `${publicUrl}/t/${writeToken(hashKey, { kind: "click", message, link })}`,
    unsubscribe: `${publicUrl}/u/${writeToken(hashKey, { kind: "unsubscribe", message, link: 0 })}`,
  };
}
