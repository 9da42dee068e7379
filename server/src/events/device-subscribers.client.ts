import { randomUUID } from "node:crypto";
import type { Vault } from "../people/vault.store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { type Connection, openConnection } from "./device-client.client.ts";
import { createDeviceReader, type DeviceMessage } from "./device-message.ts";
import {
  type DeviceSource,
  holdDeviceSources,
  letGoOfDevices,
  noteConnection,
  noteSubscribed,
} from "./device-sources.store.ts";
import type { Intake } from "./intake.ts";
import type { KeyHolder } from "./source-keys.store.ts";

export interface SubscriberParts {
  db: Db;
  vault: Vault;
  clock: Clock;
  log: Log;
  intake: Intake;
  /** Tells one installation from another at a shared broker. */
  instance: string;
}

/** Listens for the sources of devices: one process of several for each, taken over when that process is gone. */
export interface DeviceSubscribers {
  start(): void;
  /** Looks at once for sources that are new, changed or removed. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const leaseMs = 10_000;
const beatMs = 3_000;
const firstWaitMs = 500;
const longestWaitMs = 60_000;

interface Listening {
  /** Settings and password as they were when it began. */
  face: string;
  connection: Connection | null;
  waitMs: number;
  again: NodeJS.Timeout | undefined;
  over: boolean;
  /** What is said of the connection is written one after the other: the last word stands. */
  noted: Promise<void>;
}

export function createDeviceSubscribers(parts: SubscriberParts): DeviceSubscribers {
  const { db, log } = parts;
  const owner = randomUUID();
  const listening = new Map<number, Listening>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let stopped = false;

  async function look(): Promise<void> {
    if (stopped) return;
    const sources = await holdDeviceSources(db, owner, leaseMs);
    const wanted = new Map(sources.map((source) => [source.id, source]));
    for (const [id, one] of listening) {
      const source = wanted.get(id);
      if (source !== undefined && faceOf(source) === one.face) continue;
      listening.delete(id);
      await end(one);
    }
    for (const source of sources) {
      if (listening.has(source.id)) continue;
      const one: Listening = {
        face: faceOf(source),
        ...{ connection: null, waitMs: firstWaitMs, again: undefined, over: false },
        noted: Promise.resolve(),
      };
      listening.set(source.id, one);
      await openOrLater(parts, owner, source, one);
    }
  }

  const quietly = async (): Promise<void> => {
    turn = turn
      .then(look)
      .catch((error: Error) =>
        log.warn({ event: "devices-not-held", error: error.name }, "sources of devices"),
      );
    await turn;
  };

  return {
    start() {
      void quietly();
      timer = setInterval(() => void quietly(), beatMs);
      timer.unref();
    },
    refresh: quietly,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await turn;
      await Promise.all([...listening.values()].map(end));
      await letGoOfDevices(db, owner).catch(() => undefined);
    },
  };
}

const faceOf = ({ settings, sealed }: DeviceSource): string =>
  JSON.stringify([settings, sealed?.toString("base64")]);

async function end(one: Listening): Promise<void> {
  one.over = true;
  clearTimeout(one.again);
  await one.connection?.close();
}

/** What keeps it from even trying (an engine that is away) keeps it for a while only. */
async function openOrLater(...what: Parameters<typeof open>): Promise<void> {
  const [, , , one] = what;
  await open(...what).catch(() => later(what));
  if (one.over) await one.connection?.close();
}

/** Twice as long each time, up to a minute. */
function later(what: Parameters<typeof open>): void {
  const [, , , one] = what;
  if (one.over) return;
  one.again = setTimeout(() => void (one.over || openOrLater(...what)), one.waitMs);
  one.waitMs = Math.min(longestWaitMs, one.waitMs * 2);
}

/** Connects, and again after a while when the line breaks. */
async function open(
  parts: SubscriberParts,
  owner: string,
  source: DeviceSource,
  one: Listening,
): Promise<void> {
  const { db, vault, log } = parts;
  const note = (...said: [Parameters<typeof noteConnection>[3], Parameters<typeof noteConnection>[4]]) => {
    one.noted = one.noted.then(() => noteConnection(db, source.id, owner, ...said)).catch(() => undefined);
  };
  await vault.ready(source.workspace);
  const reader = createDeviceReader(source.settings.topics);
  note("connecting", null);
  one.connection = openConnection({
    settings: source.settings,
    password: source.sealed === null ? null : vault.open(source.workspace, source.sealed),
    clientId: `stork-${parts.instance}-${source.id}`,
    filters: reader.filters,
    former: source.subscribed,
    take: (message) => take(parts, source, reader, message),
    connected(subscribed, refused) {
      one.waitMs = firstWaitMs;
      source.subscribed = [...subscribed];
      void noteSubscribed(db, source.id, owner, subscribed).catch(() => undefined);
      note("connected", refused.length > 0 ? "subscription-refused" : null);
    },
    lost(trouble) {
      if (one.over) return;
      log.warn({ event: "device-source-lost", source: source.id, trouble }, "lost a source of devices");
      note(trouble === "unknown" ? "connecting" : "waiting", trouble);
      later([parts, owner, source, one]);
    },
  });
}

async function take(
  { intake, clock }: SubscriberParts,
  source: DeviceSource,
  reader: ReturnType<typeof createDeviceReader>,
  message: DeviceMessage,
): Promise<void> {
  const received = clock.now().getTime();
  const holder: KeyHolder = { source: source.id, workspace: source.workspace, zone: source.zone };
  const read = reader.read(message, { ...holder, received, freshId: randomUUID });
  const refuse = (code: string) =>
    intake.refuse(holder, "device", [{ code, item: shownMessage(message) }], received);
  if (typeof read === "string") return refuse(read);
  const [outcome] = await intake.commit(holder, received, [read.event]);
  if (outcome === "nobody") await refuse("device/unusable-identifier");
}

/** As it is put aside: text where it is text, so that it can be put right by hand. */
function shownMessage({ topic, bytes, packet, retained }: DeviceMessage): Record<string, unknown> {
  const text = bytes.toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(bytes);
  return {
    topic,
    ...(isText ? { payload: text } : { payloadBase64: bytes.toString("base64") }),
    packet,
    retained,
  };
}
