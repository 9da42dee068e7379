import type { RefusalKind } from "../platform/refusal.ts";

export const unknownRequest: RefusalKind = {
  code: "rights/unknown-request",
  status: 404,
  retry: false,
  text: { zh: "没有这个请求。", en: "There is no such request." },
};
export const unknownSubject: RefusalKind = {
  code: "rights/unknown-subject",
  status: 404,
  retry: false,
  text: {
    zh: "没有找到这位用户或宝宝：可能从未收集，也可能已经删除。",
    en: "No such person or child is known: never collected, or deleted already.",
  },
};
export const notVerified: RefusalKind = {
  code: "rights/not-verified",
  status: 409,
  retry: false,
  text: {
    zh: "先核实是不是本人（或监护人），再办理这个请求。",
    en: "First make sure that it is she (or a guardian) who asks, then carry the request out.",
  },
};
export const alreadyOver: RefusalKind = {
  code: "rights/already-over",
  status: 409,
  retry: false,
  text: { zh: "这个请求已经办结，不能再改。", en: "This request is over and cannot be changed." },
};
export const extendedOnce: RefusalKind = {
  code: "rights/extended-once",
  status: 409,
  retry: false,
  text: { zh: "期限只能延长一次。", en: "A deadline is extended once only." },
};
export const nothingHandedOver: RefusalKind = {
  code: "rights/nothing-handed-over",
  status: 409,
  retry: false,
  text: {
    zh: "还没有把内容交给她：先下载副本、生成一次性链接，或打开说明。",
    en: "Nothing was handed to her yet: first download the copy, make a one-time link, or open the explanation.",
  },
};
export const nothingToCorrect: RefusalKind = {
  code: "rights/nothing-to-correct",
  status: 400,
  retry: false,
  text: { zh: "请写明要更正哪一项、改成什么。", en: "Say what is to be corrected, and to what." },
};
export const unknownAssignee: RefusalKind = {
  code: "rights/unknown-assignee",
  status: 404,
  retry: false,
  text: { zh: "没有这位成员。", en: "There is no such member." },
};
export const mayNotCopy: RefusalKind = {
  code: "rights/may-not-copy",
  status: 403,
  retry: false,
  text: {
    zh: "副本含完整的个人信息，您的角色不能打开。可以生成一次性链接，由她自己打开。",
    en: "A copy holds personal data in full, which your role does not see. Make a one-time link for her to open instead.",
  },
};
export const usedLink: RefusalKind = {
  code: "rights/used-link",
  status: 410,
  retry: false,
  text: {
    zh: "这个链接已用过或已过期，请向客服再要一个。",
    en: "This link was used or has expired; ask for another.",
  },
};
