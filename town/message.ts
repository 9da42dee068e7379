import type { ExternalId } from "./people.ts";
import type { ShopId } from "./shops.ts";

/** A child as somebody states it to a shop; `key` is the sender's own name for the child. */
export type StatedChild = {
  readonly key: string;
  readonly birthday?: string;
  readonly dueDate?: string;
  readonly gender?: "female" | "male";
  readonly name?: string;
};

export type Traits = {
  readonly name?: string;
  readonly nickname?: string;
  /** As the shop shows it: whole, or masked (138****1234). */
  readonly phone?: string;
  readonly email?: string;
  readonly address?: {
    readonly province: string;
    readonly city: string;
    readonly district: string;
    readonly street: string;
  };
  readonly children?: readonly StatedChild[];
  readonly marketingConsent?: boolean;
  readonly memberSince?: string;
};

export type Context = {
  readonly externalIds?: readonly ExternalId[];
  readonly device?: { readonly id: string; readonly type: "ios" | "android" };
  readonly campaign?: { readonly name: string; readonly source: string; readonly medium: string };
};

/**
 * What a shop's server or page sends, in the shape of the Segment specification, with the shop it comes from beside
 * it. The timestamp stands first so that lines can be put in order of time without being parsed.
 */
export type Message = {
  readonly timestamp: string;
  readonly source: ShopId;
  readonly type: "identify" | "track" | "page" | "alias";
  readonly messageId: string;
  readonly userId?: string;
  readonly anonymousId?: string;
  readonly previousId?: string;
  readonly event?: string;
  readonly name?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly traits?: Traits;
  readonly context?: Context;
};
