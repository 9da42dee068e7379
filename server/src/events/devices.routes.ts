import { randomUUID } from "node:crypto";
import {
  ConnectionReport,
  ConnectionTest,
  DeviceReading,
  type DeviceSettings,
  MappingTest,
} from "@stork/contract/devices.ts";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { Vault } from "../people/vault.store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { openConnection } from "./device-client.client.ts";
import { createDeviceReader, type DeviceMessage } from "./device-message.ts";
import { type KeptSettings, settingProblems } from "./device-settings.ts";
import { findConnection, findPassword, saveDeviceSettings } from "./device-sources.store.ts";
import { type DeviceTrouble, troubleWords } from "./device-troubles.ts";
import { wrongDeviceSettings } from "./refusals.ts";
import { refusedDevices } from "./refused-devices.ts";
import type { SourceSettings } from "./shown-sources.store.ts";

export interface DevicesDeps {
  db: Db;
  vault: Vault;
  clock: Clock;
  /** Something was changed: whoever listens looks again. */
  refresh(): Promise<void>;
}

const listenMs = 3_000;
const mostSamples = 10;

/** Trying out the settings of a source of devices, before anything is stored. */
export function devicesRoutes(http: FastifyInstance, { db, vault, clock }: DevicesDeps): void {
  const readings = (zone: string) => ({
    source: 0,
    zone,
    received: clock.now().getTime(),
    freshId: randomUUID,
  });

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/sources/devices/test-mapping",
      scope: "collect:write",
      summary: "What one message of a device would become",
      body: MappingTest,
      reply: DeviceReading,
    },
    async ({ workspace, body }) => {
      refuseProblems(body);
      const bytes = Buffer.from(body.payload, body.encoding === "base64" ? "base64" : "utf8");
      const message = { topic: body.topic, bytes, packet: null, retained: false };
      return shownReading(body.topics, message, readings(workspace.timeZone));
    },
  );

  workspaceRoute(
    http,
    {
      method: "POST",
      path: "/sources/devices/test-connection",
      scope: "collect:write",
      summary: "Connects to a broker as the source would, listens for three seconds, and says what it saw",
      body: ConnectionTest,
      reply: ConnectionReport,
    },
    async ({ workspace, body: { device, source } }) => {
      refuseProblems(device);
      const { password, ...settings } = device;
      const known =
        password === undefined && source !== undefined && /^\d{1,9}$/.test(source)
          ? await findPassword({ db, vault }, workspace.id, Number(source), settings.url)
          : (password ?? null);
      const { messages, ...report } = await listen(settings, known);
      return {
        ...report,
        trouble: troubleWords(report.trouble),
        samples: messages.map((message) => ({
          topic: message.topic,
          payload: message.bytes.toString("utf8").slice(0, 2_000),
          reading: shownReading(settings.topics, message, readings(workspace.timeZone)),
        })),
      };
    },
  );
}

function refuseProblems(settings: Pick<KeptSettings, "topics"> & { url?: string }): void {
  const problems = settingProblems(settings);
  if (problems.length === 0) return;
  const errors = problems.map(({ path, text }) => ({ path, message: text }));
  throw new Refusal(wrongDeviceSettings, {}, errors);
}

function shownReading(
  topics: KeptSettings["topics"],
  message: DeviceMessage,
  readings: Parameters<ReturnType<typeof createDeviceReader>["read"]>[1],
): z.output<typeof DeviceReading> {
  const read = createDeviceReader(topics).read(message, readings);
  if (typeof read === "string") return { outcome: "refused", code: read, reason: refusedDevices[read] };
  const { pattern, event } = read;
  return {
    outcome: "event",
    ...{ pattern, name: event.name },
    at: new Date(event.at).toISOString(),
    identifiers: event.identifiers.map(({ namespace, value }) => ({
      namespace,
      value: maskIdentifier(namespace, value),
    })),
    properties: JSON.parse(event.properties) as Record<string, unknown>,
    marks: [...event.marks],
  };
}

interface Heard {
  connected: boolean;
  trouble: DeviceTrouble | null;
  refusedPatterns: string[];
  messages: DeviceMessage[];
}

/** A passing visitor: the broker keeps nothing for it, and what the source itself is owed is not touched. */
async function listen(settings: KeptSettings, password: string | null): Promise<Heard> {
  const heard: Heard = { connected: false, trouble: null, refusedPatterns: [], messages: [] };
  const { promise: over, resolve: done } = Promise.withResolvers<void>();
  const timers = [setTimeout(done, 10_500)];
  const connection = openConnection({
    settings: { ...settings, qos: 0 },
    ...{ password, clientId: null, filters: createDeviceReader(settings.topics).filters, former: [] },
    async take(message) {
      if (heard.messages.length < mostSamples) heard.messages.push(message);
    },
    connected(_subscribed, refused) {
      heard.connected = true;
      heard.refusedPatterns = [...refused];
      timers.push(setTimeout(done, listenMs));
    },
    lost(trouble) {
      heard.trouble = trouble;
      done();
    },
  });
  await over;
  for (const timer of timers) clearTimeout(timer);
  await connection.close();
  if (!heard.connected && heard.trouble === null) heard.trouble = "timeout";
  return heard;
}

/** What the list of sources asks of those that have settings. */
export function deviceSettings({ db, vault, refresh }: DevicesDeps): SourceSettings {
  return {
    check(kind, device) {
      if ((kind === "mqtt") !== (device !== undefined))
        throw new Refusal(wrongDeviceSettings, {}, [
          {
            path: "device",
            message:
              kind === "mqtt"
                ? { zh: "设备数据源需要 device", en: "a source of devices needs it" }
                : { zh: "只有设备数据源有 device", en: "only sources of devices have it" },
          },
        ]);
      if (device !== undefined) refuseProblems(device);
    },
    async save(workspace, source, device: DeviceSettings | undefined) {
      if (device === undefined) return;
      const { password, ...settings } = device;
      await saveDeviceSettings({ db, vault }, workspace, source, settings, password);
      await refresh();
    },
    async shown(_workspace, row) {
      if (row.kind !== "mqtt" || row.settings === null) return null;
      const noted = await findConnection(db, row.id);
      return {
        settings: { ...(row.settings as KeptSettings), hasPassword: row.hasSecret },
        connection: {
          state: noted?.state ?? "connecting",
          since: noted?.since.toISOString() ?? null,
          trouble: troubleWords(noted?.trouble ?? null),
        },
      };
    },
    async removed(row) {
      if (row.kind === "mqtt") await refresh();
    },
  };
}
