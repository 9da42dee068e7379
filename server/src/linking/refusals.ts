import type { RefusalKind } from "../platform/refusal.ts";

export const refusals = {
  running: {
    code: "linking/running",
    status: 409,
    retry: true,
    text: {
      zh: "正在比对，结束后可以再开始一次。",
      en: "Linking is under way; it can be started again when it has ended.",
    },
  },
} as const satisfies Record<string, RefusalKind>;
