import type { ChannelKind, NewChannel } from "@stork/contract/campaigns.ts";
import type { z } from "zod";
import type { Channel, Outgoing, SettingsOf, Verdict } from "./channel.ts";
import { email } from "./channels/email.ts";
import { webhook } from "./channels/webhook.ts";
import type { Answer, Effect } from "./effect.ts";

/** Every kind of channel. */
export const channels = { email, webhook } satisfies { [K in ChannelKind]: Channel<SettingsOf<K>> };

/** A channel with its settings and secret joined, so that nobody else need know its kind. */
export interface OpenChannel {
  readonly id: number;
  readonly kind: ChannelKind;
  readonly addressedBy: string | null;
  readonly repeatable: boolean;
  request(message: Outgoing): Effect;
  read(answer: Answer): Verdict;
}

export function openChannel(
  id: number,
  kind: ChannelKind,
  open: Record<string, unknown>,
  secret: string | null,
): OpenChannel {
  const channel = channels[kind] as Channel<unknown>;
  const settings = channel.join(open, secret);
  return {
    id,
    kind,
    addressedBy: channel.addressedBy,
    repeatable: channel.repeatable,
    request: (message) => channel.request(message, settings),
    read: channel.read,
  };
}

/** A new channel's settings to keep in clear, its secret to seal, and the secret to show once when it was made here. */
export function divideSettings(
  channel: z.infer<typeof NewChannel>,
  newSecret: () => string,
): { open: Record<string, unknown>; secret: string | null; show: string | null } {
  const kind = channels[channel.kind] as Channel<unknown>;
  let made: string | null = null;
  const divided = kind.divide(channel.settings, () => {
    made = newSecret();
    return made;
  });
  return { ...divided, show: made };
}
