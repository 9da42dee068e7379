import type { Words } from "@stork/contract/common.ts";

/** Why a message was not sent, is late, or cannot be told. Kept by code in the send log, shown in these words. */
export const reasons = {
  // The gate said no: held.
  "unknown-person": { zh: "该用户的资料已不存在", en: "This person is no longer known" },
  "no-address": { zh: "没有该渠道可用的地址", en: "No address for this channel" },
  "no-consent": { zh: "没有营销授权", en: "No consent to marketing" },
  "consent-withdrawn": { zh: "已撤回营销授权", en: "Consent to marketing was withdrawn" },
  silence: { zh: "静默中，不打扰", en: "Silence is kept for this family" },
  "non-personalised": {
    zh: "选择了不接受个性化推荐",
    en: "Chose not to be selected for by what is known of them",
  },
  erased: { zh: "正在或已经按其要求删除", en: "Deleted, or being deleted, as she asked" },
  unsubscribed: { zh: "已退订", en: "Unsubscribed" },
  bounced: { zh: "地址不存在，曾被退回", en: "The address does not exist: an earlier message bounced" },
  complaint: { zh: "曾投诉", en: "Complained about an earlier message" },
  staff: { zh: "员工设为不再打扰", en: "Staff asked not to write to this address" },
  "already-today": { zh: "今天已收到过一条消息", en: "Already had a message today" },
  "same-person": {
    zh: "与本活动另一位收件人是同一个人",
    en: "The same person as another recipient of this campaign",
  },
  "missing-value": {
    zh: "模板需要的内容这位用户没有",
    en: "The template needs something this person does not have",
  },
  stopped: { zh: "活动已停止", en: "The campaign was stopped" },
  // Later: still planned.
  "quiet-hours": {
    zh: "免打扰时段（21:00–8:00），稍后发送",
    en: "Quiet hours (21:00–8:00), will be sent after",
  },
  "channel-unreachable": { zh: "连不上渠道服务器", en: "The channel's server cannot be reached" },
  "channel-sign-in": {
    zh: "渠道服务器拒绝登录，请检查账号和密码",
    en: "The channel's server refused the sign-in: check user and password",
  },
  "channel-busy": { zh: "渠道服务器要求稍后再试", en: "The channel's server asked to try later" },
  // Parked: tried and given up, until staff says otherwise.
  "sender-refused": { zh: "渠道服务器拒绝了发件人", en: "The channel's server refused the sender" },
  "address-refused": { zh: "收件地址被拒绝", en: "The address was refused" },
  "content-refused": { zh: "渠道服务器拒绝了邮件内容", en: "The channel's server refused the content" },
  "receiver-refused": { zh: "接收方拒绝了请求", en: "The receiver refused the request" },
  "broken-template": {
    zh: "模板无法为这位用户生成内容",
    en: "The template could not be rendered for this person",
  },
  // Unknown: handed over, and no answer came.
  died: {
    zh: "交出时程序中断，可能已送达；不会自动重发",
    en: "The program stopped while handing it over: it may have arrived; it is not sent again by itself",
  },
  "no-answer": {
    zh: "已交出但没有收到回执，可能已送达；不会自动重发",
    en: "Handed over without an answer: it may have arrived; it is not sent again by itself",
  },
} as const satisfies Record<string, Words>;

export type Reason = keyof typeof reasons;

/** The words of a kept reason; what follows a colon is a detail that is no personal data, e.g. a variable's name. */
export function reasonWords(kept: string | null): Words | null {
  if (kept === null) return null;
  const [code = "", detail] = kept.split(/:(.*)/s);
  const words: Words = Object.hasOwn(reasons, code) ? reasons[code as Reason] : { zh: code, en: code };
  return detail ? { zh: `${words.zh}（${detail}）`, en: `${words.en} (${detail})` } : words;
}
