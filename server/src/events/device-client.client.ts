import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from "mqtt";
import type { DeviceMessage } from "./device-message.ts";
import type { KeptSettings } from "./device-settings.ts";
import { type DeviceTrouble, troubleOf } from "./device-troubles.ts";

export interface ConnectionParts {
  settings: KeptSettings;
  password: string | null;
  /** The broker keeps what it has for this client while it is away; null: a passing visitor. */
  clientId: string | null;
  filters: readonly string[];
  /** Filters of earlier settings, to be let go of. */
  former: readonly string[];
  /** Resolves when the message is committed, or put aside for somebody to look at; then the broker may forget it. */
  take(message: DeviceMessage): Promise<void>;
  connected(subscribed: readonly string[], refused: readonly string[]): void;
  /** After this the connection is over; whoever made it tries again. */
  lost(trouble: DeviceTrouble): void;
}

export interface Connection {
  close(): Promise<void>;
}

const sessionSeconds = 7 * 86_400;
/** Messages in hand that wait for their commit; beyond, the connection is not read from. */
const mostInHand = 500;

/**
 * One connection to a broker. The library answers a message as soon as it has been handed over, and hands over the next
 * one only then; here the reading goes on, and each message is answered when it is committed.
 */
export function openConnection(parts: ConnectionParts): Connection {
  const { settings, filters, former } = parts;
  const inHand = new Map<number, Promise<void>>();
  const state: { waiting: number; resume: (() => void) | null; over: boolean } = {
    waiting: 0,
    resume: null,
    over: false,
  };
  const client = connect(settings.url, optionsOf(parts));
  const end = (trouble: DeviceTrouble): void => {
    if (state.over) return;
    state.over = true;
    client.end(true);
    parts.lost(trouble);
  };
  const release = (): void => {
    state.waiting -= 1;
    if (state.waiting < mostInHand) state.resume?.();
  };

  client.on("message", (topic, bytes, packet) => {
    state.waiting += 1;
    const taken = parts.take(messageOf(topic, bytes, packet));
    if (packet.messageId !== undefined && packet.qos > 0) inHand.set(packet.messageId, taken);
    // Not committed: nothing is answered, and on a new connection the broker sends it again.
    void taken.then(release, () => {
      release();
      end("not-committed");
    });
  });
  client.handleMessage = (_packet, next) => {
    if (state.waiting < mostInHand) next();
    else
      state.resume = () => {
        state.resume = null;
        next();
      };
  };
  answerWhenTaken(client, inHand, () => state.over);
  client.on("connect", ({ sessionPresent }) => {
    void subscribe(client, settings, filters, sessionPresent ? former : []).then(
      ({ refused }) => parts.connected(filters, refused),
      () => end("subscription-refused"),
    );
  });
  client.on("error", (error) => end(troubleOf(error)));
  client.on("disconnect", (packet) => end(troubleOf({ code: packet.reasonCode })));
  client.on("close", () => end("unknown"));
  return {
    async close() {
      if (state.over) return;
      state.over = true;
      await Promise.allSettled(inHand.values());
      await new Promise<void>((done) => {
        client.end(false, {}, () => done());
        setTimeout(() => {
          client.end(true);
          done();
        }, 1_000).unref();
      });
    },
  };
}

type Send = (
  packet: { cmd: string; messageId?: number },
  done?: (error?: Error) => void,
  ...rest: unknown[]
) => void;

function answerWhenTaken(
  client: MqttClient,
  inHand: Map<number, Promise<void>>,
  isOver: () => boolean,
): void {
  const own = client as unknown as { _sendPacket: Send };
  const send = own._sendPacket.bind(client) as Send;
  own._sendPacket = (packet, done, ...rest) => {
    const taken = packet.cmd === "puback" ? inHand.get(packet.messageId ?? -1) : undefined;
    if (taken === undefined) return send(packet, done, ...rest);
    void taken.then(
      () => {
        inHand.delete(packet.messageId ?? -1);
        if (!isOver()) send(packet, () => {}, ...rest);
      },
      () => {},
    );
    done?.();
  };
}

function optionsOf({ settings, password, clientId }: ConnectionParts): IClientOptions {
  const isFive = settings.protocol === "5";
  const keeps = clientId !== null;
  return {
    ...(keeps ? { clientId } : {}),
    clean: isFive ? !keeps : !keeps,
    protocolVersion: isFive ? 5 : 4,
    ...(isFive && keeps
      ? { properties: { sessionExpiryInterval: sessionSeconds, receiveMaximum: 200 } }
      : {}),
    ...(settings.username === undefined ? {} : { username: settings.username }),
    ...(password === null ? {} : { password }),
    ...(settings.ca === undefined ? {} : { ca: settings.ca }),
    connectTimeout: 10_000,
    keepalive: 30,
    // Coming back is decided by whoever owns the connection.
    reconnectPeriod: 0,
    resubscribe: false,
  };
}

async function subscribe(
  client: MqttClient,
  { qos, protocol }: KeptSettings,
  filters: readonly string[],
  former: readonly string[],
): Promise<{ refused: string[] }> {
  const gone = former.filter((filter) => !filters.includes(filter));
  if (gone.length > 0) await client.unsubscribeAsync([...gone]);
  const refused: string[] = [];
  for (const filter of filters) {
    // Retained messages are wanted once, not after every break of the line.
    const options = protocol === "5" ? { qos, rh: 1 } : { qos };
    const isTaken = await client.subscribeAsync(filter, options).then(
      (grants) => grants.every((grant) => grant.qos < 128),
      () => false,
    );
    if (!isTaken) refused.push(filter);
  }
  if (refused.length === filters.length) throw new Error("no subscription");
  return { refused };
}

const messageOf = (topic: string, bytes: Buffer, packet: IPublishPacket): DeviceMessage => ({
  ...{ topic, bytes },
  packet: packet.qos > 0 ? (packet.messageId ?? null) : null,
  retained: packet.retain,
});
