import type { ChannelKind, NewChannel } from "@stork/contract/campaigns.ts";
import type { Words } from "@stork/contract/common.ts";
import type { z } from "zod";
import type { Answer, Effect } from "./effect.ts";
import type { Reason } from "./reasons.ts";

/** One message, ready but for the channel's own form. Ids are stable: the same message is the same however often tried. */
export interface Outgoing {
  readonly id: string;
  readonly campaign: string | null;
  /** The address, where the channel writes to one. */
  readonly to: string | null;
  /** Who it is for, where the receiver finds the way by itself. */
  readonly person: string | null;
  readonly identifiers: readonly { readonly namespace: string; readonly value: string }[];
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly unsubscribeUrl: string | null;
  readonly at: Date;
}

/** What an answer means for the message. */
export type Verdict =
  | { readonly verdict: "sent"; readonly receipt: string }
  /** Try again; `whole`: the trouble is the channel's, so nobody else need be tried now. */
  | {
      readonly verdict: "later";
      readonly reason: Reason;
      readonly whole: boolean;
      /** The server's own words, without addresses. */
      readonly receipt: string;
      readonly afterSeconds?: number;
    }
  | { readonly verdict: "parked"; readonly reason: Reason; readonly receipt: string; readonly bounced?: true }
  | { readonly verdict: "unknown"; readonly reason: Reason }
  /** The send log took the message back before it left (unsubscribed, paused, stopped). */
  | { readonly verdict: "withdrawn" };

/** The questions that a kind of channel answers. It sends nothing: deliver.client.ts performs what it asks for. */
export interface Channel<Settings> {
  readonly label: Words;
  /** The namespace of the identifiers it writes to; null when it passes on all of them. */
  readonly addressedBy: string | null;
  /** Whether its receiver recognises a message sent twice, so that an unanswered one may be repeated. */
  readonly repeatable: boolean;
  /** The settings to keep in clear and the secret to seal; refuses settings that cannot work. */
  divide(
    settings: Settings,
    newSecret: () => string,
  ): { open: Record<string, unknown>; secret: string | null };
  join(open: Record<string, unknown>, secret: string | null): Settings;
  request(message: Outgoing, settings: Settings): Effect;
  read(answer: Answer): Verdict;
}

export type SettingsOf<Kind extends ChannelKind> = Extract<
  z.infer<typeof NewChannel>,
  { kind: Kind }
>["settings"];
