import type { Addresses } from "./content.ts";
import { writeToken } from "./token.ts";

/** Where the links of one message lead: to us, with a token that proves that we wrote it. */
export function addressesOf(publicUrl: string, hashKey: Buffer, message: number): Addresses {
  return {
    link: (link) => `${publicUrl}/t/${writeToken(hashKey, { kind: "click", message, link })}`,
    unsubscribe: `${publicUrl}/u/${writeToken(hashKey, { kind: "unsubscribe", message, link: 0 })}`,
  };
}
