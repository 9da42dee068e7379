import type { RefusalKind } from "../platform/refusal.ts";

export const unknownAlert: RefusalKind = {
  code: "quality/unknown-alert",
  status: 404,
  retry: false,
  text: { zh: "没有这条告警", en: "There is no such alert" },
};

export const alertResolved: RefusalKind = {
  code: "quality/alert-resolved",
  status: 409,
  retry: false,
  text: { zh: "这条告警已经恢复，不能再确认或暂停", en: "The alert is resolved already" },
};

export const unknownIndicator: RefusalKind = {
  code: "quality/unknown-indicator",
  status: 404,
  retry: false,
  text: { zh: "没有这个指标", en: "There is no such indicator" },
};

export const noThreshold: RefusalKind = {
  code: "quality/no-threshold",
  status: 422,
  retry: false,
  text: {
    zh: "这个指标的界限由历史学得，不能设固定阈值；可以关闭它",
    en: "The bounds of this indicator are learned; it takes no threshold, but can be switched off",
  },
};

export const snoozeInPast: RefusalKind = {
  code: "quality/snooze-in-past",
  status: 422,
  retry: false,
  text: { zh: "暂停到的时间应在将来，至多 30 天", en: "The snooze must end in the future, within 30 days" },
};

export const unknownChannel: RefusalKind = {
  code: "quality/unknown-channel",
  status: 422,
  retry: false,
  text: {
    zh: "通知所选的渠道不存在，或邮件渠道没有填写收件的同事邮箱",
    en: "A channel chosen for notification does not exist, or is e-mail and has no colleague's address",
  },
};

export const futureMonth: RefusalKind = {
  code: "quality/future-month",
  status: 422,
  retry: false,
  text: { zh: "这个月还没有开始", en: "The month has not begun" },
};
