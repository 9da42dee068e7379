import type { Words } from "@stork/contract/common.ts";

/** Why a device's message is refused. */
export const refusedDevices = {
  "device/unknown-topic": {
    zh: "没有一个主题模式与它相符",
    en: "No topic pattern fits it",
  },
  "device/not-json": { zh: "内容不是 JSON", en: "The payload is not JSON" },
  "device/not-a-number": {
    zh: "内容不是数字（可带单位）",
    en: "The payload is not a number (with or without unit)",
  },
  "device/not-text": { zh: "内容不是 UTF-8 文本", en: "The payload is not UTF-8 text" },
  "device/too-short": { zh: "内容的字节数不够", en: "The payload has too few bytes" },
  "device/too-large": { zh: "内容超过 32 KB", en: "The payload is larger than 32 KB" },
  "device/no-event-name": { zh: "没有得到事件名", en: "No event name is found in it" },
  "device/no-identifier": {
    zh: "没有得到设备或用户的标识",
    en: "No identifier of a device or person is found in it",
  },
  "device/unusable-identifier": {
    zh: "标识不能代表任何设备或人（空值、占位符或已打码）",
    en: "The identifier names nobody (a placeholder or a masked value)",
  },
  "device/bad-time": { zh: "时间无法识别", en: "The time cannot be read" },
  "device/missing-property": { zh: "缺少必填的属性", en: "A required property is missing" },
  "device/unreadable-property": {
    zh: "属性值与类型或单位不符",
    en: "A property's value does not fit its type or unit",
  },
} as const satisfies Record<string, Words>;

export type RefusedDevice = keyof typeof refusedDevices;
