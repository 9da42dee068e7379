import type { Words } from "@stork/contract/common.ts";

/** Why a run ended before its last step. Kept by code, shown in these words. */
export const exitReasons = {
  silence: { zh: "静默：不再打扰", en: "Silence is kept for this family" },
  "consent-withdrawn": { zh: "撤回了授权", en: "Consent was withdrawn" },
  erased: { zh: "正在或已经按其要求删除", en: "Deleted, or being deleted, as she asked" },
  "unknown-person": { zh: "该用户的资料已不存在", en: "This person is no longer known" },
  condition: { zh: "不符合旅程中的条件", en: "Did not fit a condition of the journey" },
  "same-person": {
    zh: "与另一位合并为同一人，由先进入的那一次继续",
    en: "Became one with somebody else in it; the run that came first goes on",
  },
  ended: { zh: "旅程已结束", en: "The journey was ended" },
} as const satisfies Record<string, Words>;

export type ExitReason = keyof typeof exitReasons;

export const exitWords = (reason: string): Words =>
  Object.hasOwn(exitReasons, reason) ? exitReasons[reason as ExitReason] : { zh: reason, en: reason };
