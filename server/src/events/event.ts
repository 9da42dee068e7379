import type { Consent, Purpose } from "@stork/contract/privacy.ts";
import type { Identifier, Sighting } from "../people/identity.ts";
import type { ProfileChange } from "../people/statements.ts";
import type { Utf8 } from "./utf8.ts";

export type { ProfileChange };

export const eventTypes = ["track", "page", "screen", "identify", "group", "alias"] as const;
export type SegmentType = (typeof eventTypes)[number];
export type EventType = SegmentType | "import";

export interface Item {
  sku: string;
  category: string;
  quantity: number;
  amountFen: number;
}

/** What an event says about the person besides what was done; the node it is said of is known only after identity. */
export type Said =
  | { kind: "traits"; traits: Readonly<Record<string, unknown>> }
  | {
      kind: "child";
      /** The source's own key of the child; without one the date stands for it. */
      key?: string | undefined;
      bornOn?: string | undefined;
      dueOn?: string | undefined;
      gender?: "female" | "male" | "unknown" | undefined;
      /** As the source wrote it. */
      genderCode?: string | undefined;
      name?: string | undefined;
      /** Days of pregnancy at birth. */
      gestationDays?: number | undefined;
      adoptedOn?: string | undefined;
    }
  | { kind: "consent"; purpose: Purpose; state: Consent["state"] }
  | { kind: "profile"; change: ProfileChange; values: Readonly<Record<string, unknown>> };

/** What an event says, without its texts: enough for whoever counts all of them. */
export interface Outline {
  readonly hasOrderId: boolean;
  /** Of its identifiers. */
  readonly namespaces: readonly string[];
  /** Of its items. */
  readonly categories: readonly string[];
}

/** An event as every protocol and file is turned into, before its node is known. It holds no value that identifies outside `identifiers` and `said`. */
export interface Event {
  identifiers: readonly Identifier[];
  rule: Sighting["rule"];
  /** What makes a retry the same event: see message-hash.ts. */
  message: string;
  /** Its two numbers (message-table.ts), where they are at hand. */
  messageHead?: number | undefined;
  messageTail?: number | undefined;
  /** Milliseconds since 1970. */
  at: number;
  type: EventType;
  name: string;
  orderId: string;
  amountFen: number;
  quantity: number;
  items: readonly Item[];
  marks: readonly string[];
  /** Kept and shown, but left out of sums and averages by default. */
  excluded: boolean;
  /** JSON, without what identifies. */
  properties: string;
  /** The same in bytes, where it is at hand as such; `properties` is then made of it when somebody asks. */
  propertiesUtf8?: Utf8 | undefined;
  /** Where it takes less than reading the event's texts. */
  outline?: Outline | undefined;
  said: readonly Said[];
}
