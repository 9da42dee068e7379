import type { RefusalKind } from "../platform/refusal.ts";

export const unknownJourney = {
  code: "journeys/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个旅程", en: "There is no such journey" },
} as const satisfies RefusalKind;

export const notNow = {
  code: "journeys/not-now",
  status: 409,
  retry: false,
  text: {
    zh: "旅程现在是「{status}」，不能这样做",
    en: "The journey is {status}; this cannot be done now",
  },
} as const satisfies RefusalKind;

export const usesSegment = {
  code: "journeys/uses-segment",
  status: 409,
  retry: false,
  text: {
    zh: "还有旅程在用这个人群：{journeys}。先改动或结束它们",
    en: "Journeys still use this segment: {journeys}. Change or end them first",
  },
} as const satisfies RefusalKind;
