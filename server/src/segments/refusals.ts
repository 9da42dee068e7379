import type { RefusalKind } from "../platform/refusal.ts";

export const unknownSegment: RefusalKind = {
  code: "segments/unknown",
  status: 404,
  retry: false,
  text: { zh: "没有这个人群", en: "There is no such segment" },
};
export const invalidCondition: RefusalKind = {
  code: "segments/invalid-condition",
  status: 400,
  retry: false,
  text: { zh: "条件有误，请看每一处的说明", en: "The condition has mistakes; see each place" },
};
export const tooDeep: RefusalKind = {
  code: "segments/too-deep",
  status: 400,
  retry: false,
  text: {
    zh: "条件太复杂：最多 {depth} 层、{parts} 个条件",
    en: "The condition is too complex: at most {depth} levels and {parts} conditions",
  },
};
export const cycle: RefusalKind = {
  code: "segments/cycle",
  status: 409,
  retry: false,
  text: {
    zh: "人群不能通过其他人群引用自己：{path}",
    en: "A segment cannot refer to itself through others: {path}",
  },
};
export const inUse: RefusalKind = {
  code: "segments/in-use",
  status: 409,
  retry: false,
  text: {
    zh: "还有人群引用了它：{users}",
    en: "Other segments still refer to it: {users}",
  },
};
