import type { RefusalKind } from "../platform/refusal.ts";

export const unknownWebhook = {
  code: "webhooks/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个 Webhook。", en: "There is no such webhook." },
} as const satisfies RefusalKind;

export const unknownDelivery = {
  code: "webhooks/unknown-delivery",
  status: 404,
  retry: false,
  text: {
    zh: "没有这次投递（日志保留 30 天）。",
    en: "There is no such delivery (the log keeps thirty days).",
  },
} as const satisfies RefusalKind;

export const insecureAddress = {
  code: "webhooks/insecure-address",
  status: 400,
  retry: false,
  text: {
    zh: "地址要用 https（本机和内网可以用 http），并且不能带用户名和密码。",
    en: "The address has to be https (http within this machine or a private network), without a user name or password.",
  },
} as const satisfies RefusalKind;

export const unknownWanted = {
  code: "webhooks/unknown-segment",
  status: 400,
  retry: false,
  text: { zh: "没有编号为 {segment} 的人群。", en: "There is no segment {segment}." },
} as const satisfies RefusalKind;
