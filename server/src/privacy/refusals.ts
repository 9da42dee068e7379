import type { RefusalKind } from "../platform/refusal.ts";

export const rotationUnderWay = {
  code: "privacy/rotation-under-way",
  status: 409,
  retry: true,
  text: {
    zh: "上一次更换密钥还在进行，完成后再换。",
    en: "The last change of the data key is still going on. Change it again when that is done.",
  },
} as const satisfies RefusalKind;

export const unknownPerson = {
  code: "privacy/unknown-person",
  status: 404,
  retry: false,
  text: { zh: "没有找到这位用户。", en: "No such person is known." },
} as const satisfies RefusalKind;

export const unknownChild = {
  code: "privacy/unknown-child",
  status: 404,
  retry: false,
  text: { zh: "这个家庭没有这位宝宝。", en: "This family has no such child." },
} as const satisfies RefusalKind;

export const unknownSilence = {
  code: "privacy/unknown-silence",
  status: 404,
  retry: false,
  text: { zh: "没有这条静默记录。", en: "There is no such silence." },
} as const satisfies RefusalKind;

export const hersToEnd = {
  code: "privacy/hers-to-end",
  status: 409,
  retry: false,
  text: {
    zh: "静默是她本人要求的，只能由她自己解除。",
    en: "She asked for silence herself: she alone can end it.",
  },
} as const satisfies RefusalKind;

export const notPerChild = {
  code: "privacy/not-per-child",
  status: 422,
  retry: false,
  text: {
    zh: "用途「{purpose}」不能只对一位宝宝，或只对一个渠道说。",
    en: "The purpose {purpose} cannot be said for one child, or one channel, alone.",
  },
} as const satisfies RefusalKind;

export const neverAsked = {
  code: "privacy/never-asked",
  status: 422,
  retry: false,
  text: {
    zh: "「{purpose}」是履行订单所必需的，不需要授权，也不能撤回。",
    en: "{purpose} is needed for what was ordered: it is neither granted nor withdrawn.",
  },
} as const satisfies RefusalKind;

export const dayIsPast = {
  code: "privacy/day-is-past",
  status: 422,
  retry: false,
  text: {
    zh: "旧的同意最早只能算到今天（{today}）。",
    en: "What was agreed to before counts at least up to today ({today}).",
  },
} as const satisfies RefusalKind;

export const unknownConsentRequest = {
  code: "privacy/unknown-consent-request",
  status: 404,
  retry: false,
  text: {
    zh: "没有这条满 14 周岁的授权请求。",
    en: "There is no such request for a young person's consent.",
  },
} as const satisfies RefusalKind;

export const requestAnswered = {
  code: "privacy/request-answered",
  status: 409,
  retry: false,
  text: {
    zh: "这条请求已经登记过答复。要改变，请在家庭页登记授权。",
    en: "An answer to this request was taken down before. To change it, take down consent on the family's page.",
  },
} as const satisfies RefusalKind;
