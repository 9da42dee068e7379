import type { DeviceSettings } from "@stork/contract/devices.ts";
import type { z } from "zod";

export type DeviceDraft = z.input<typeof DeviceSettings>;
export type TopicDraft = DeviceDraft["topics"][number];

/** A mapping to begin with for each of the devices that families have, and a message to try it on. */
export const templates = {
  bottle: {
    topic: {
      pattern: "devices/{device}/feed",
      format: "json",
      event: "= Bottle Fed",
      identifiers: [{ namespace: "device", from: "topic.device" }],
      time: "$.at",
      properties: [
        { name: "volume", from: "$.ml", as: "number", unit: "ml", required: true },
        { name: "temperature", from: "$.temp", as: "number", unit: "°C" },
        { name: "duration", from: "$.seconds", as: "number", unit: "s" },
      ],
    },
    message: {
      topic: "devices/bottle-0001/feed",
      payload: '{ "ml": 120, "temp": 38.5, "seconds": 540, "at": "2026-11-21T02:10:00+08:00" }',
    },
  },
  diaper: {
    topic: {
      pattern: "devices/{device}/diaper",
      format: "json",
      event: "= Diaper Wet",
      identifiers: [{ namespace: "device", from: "topic.device" }],
      time: "$.ts",
      properties: [{ name: "level", from: "$.level", as: "number", unit: "%", required: true }],
    },
    message: { topic: "devices/d-77/diaper", payload: '{ "level": 60, "ts": 1795200600 }' },
  },
  scale: {
    topic: {
      pattern: "scales/{member}",
      format: "number",
      event: "= Child Weighed",
      identifiers: [{ namespace: "member:app", from: "topic.member" }],
      properties: [{ name: "weight", from: "payload", as: "number", unit: "kg", required: true }],
    },
    message: { topic: "scales/m-1001", payload: "7.45 kg" },
  },
} as const satisfies Record<string, { topic: TopicDraft; message: { topic: string; payload: string } }>;

export type TemplateId = keyof typeof templates;
export const templateIds = Object.keys(templates) as TemplateId[];

/** A copy that a form may change. */
export const topicFrom = (id: TemplateId): TopicDraft => structuredClone(templates[id].topic) as TopicDraft;
