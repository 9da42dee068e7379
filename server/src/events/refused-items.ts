import type { Words } from "@stork/contract/common.ts";

/** Why one item of a request is refused while the others are kept. */
export const refusedItems = {
  "collect/not-an-object": { zh: "这一条不是 JSON 对象", en: "The item is not a JSON object" },
  "collect/unknown-type": {
    zh: "type 应是 identify、track、page、screen、group、alias 之一",
    en: "type must be one of identify, track, page, screen, group, alias",
  },
  "collect/no-identity": {
    zh: "缺少 userId 或 anonymousId（非空字符串，至多 500 字）",
    en: "userId or anonymousId is missing (a text of 1 to 500 characters)",
  },
  "collect/unusable-identity": {
    zh: "标识不能代表任何人（空值、占位符如 null 或 13800000000，或已打码）",
    en: "The identifiers name nobody (a placeholder such as null or 13800000000, or a masked value)",
  },
  "collect/no-event-name": {
    zh: "track 缺少 event（事件名，1 到 200 字）",
    en: "track needs event (the event's name, 1 to 200 characters)",
  },
  "collect/no-group": { zh: "group 缺少 groupId", en: "group needs groupId" },
  "collect/no-previous-id": { zh: "alias 缺少 previousId", en: "alias needs previousId" },
  "collect/properties-not-an-object": {
    zh: "properties、traits、context 应是 JSON 对象",
    en: "properties, traits and context must be JSON objects",
  },
  "collect/bad-message-id": {
    zh: "messageId 应是至多 200 字的字符串",
    en: "messageId must be a text of at most 200 characters",
  },
  "collect/bad-timestamp": {
    zh: "timestamp 无法识别：请用 ISO 8601，如 2026-01-31T08:00:00+08:00",
    en: "timestamp cannot be read: use ISO 8601, e.g. 2026-01-31T08:00:00+08:00",
  },
  "collect/too-large": { zh: "这一条超过 32 KB", en: "The item is larger than 32 KB" },
  "collect/not-a-number": {
    zh: "profile_increment 的每个值都应是数字",
    en: "Every value of profile_increment must be a number",
  },
  "collect/no-item": { zh: "缺少 item_type 或 item_id", en: "item_type or item_id is missing" },
  "collect/items-not-kept": {
    zh: "item_type 应是 product（商品）；其他物品不保存",
    en: "item_type must be product; other things are not kept",
  },
} as const satisfies Record<string, Words>;

export type RefusedItem = keyof typeof refusedItems;
