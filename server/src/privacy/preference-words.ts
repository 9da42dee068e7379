import type { Words } from "@stork/contract/common.ts";
import type { ConsentChannel } from "@stork/contract/privacy.ts";
import type { RightKind } from "@stork/contract/rights.ts";
import type { Notice } from "./preference-view.ts";

/** Every word of the page: short, kind, without pressure. */
export const words = {
  title: { zh: "由您决定", en: "It is up to you" },
  hello: { zh: "您好", en: "Hello" },
  intro: {
    zh: "在这里可以关掉任何一项，立即生效，不需要理由，也不影响您购物。",
    en: "Switch off anything here. It takes effect at once, needs no reason, and changes nothing about your orders.",
  },
  messages: { zh: "消息", en: "Messages" },
  uses: { zh: "我的资料可以用来做什么", en: "What my data may be used for" },
  always: {
    zh: "订单、配送和售后的通知不在此列，它们是您买的东西的一部分。",
    en: "Messages about orders, delivery and after-sales are not listed: they are part of what you bought.",
  },
  children: { zh: "我的宝宝", en: "My children" },
  noChildren: { zh: "我们没有记录宝宝的日期。", en: "We keep no date of a child." },
  born: { zh: "{month}出生", en: "born {month}" },
  due: { zh: "预产期 {month}", en: "due {month}" },
  ofAge: {
    zh: "已满 14 周岁：从现在起由孩子本人决定，请联系我们。",
    en: "14 by now: from here on the young person decides. Please get in touch with us.",
  },
  correct: { zh: "更正或移除", en: "Correct or remove" },
  bornOn: { zh: "出生日期", en: "Born on" },
  dueOn: { zh: "预产期", en: "Due on" },
  date: { zh: "日期", en: "Date" },
  save: { zh: "保存", en: "Save" },
  remove: { zh: "移除这位宝宝的资料", en: "Remove this child’s data" },
  add: { zh: "告诉我们一位宝宝的日期", en: "Tell us a child’s date" },
  quietTitle: { zh: "如果您需要安静", en: "If you need silence" },
  quietText: {
    zh: "有时候，一条消息也太多。点一下，与宝宝有关的一切都会停下，日期会被移除。不需要理由，我们不会再问。",
    en: "Sometimes one message is too many. One tap, and everything about your child stops, and its date is removed. No reason needed; we will not ask again.",
  },
  quietOne: { zh: "请安静", en: "Please be silent" },
  quietAll: { zh: "请安静，关于所有宝宝", en: "Please be silent, about all children" },
  quietChild: { zh: "请安静：{child}的宝宝", en: "Please be silent about this child ({child})" },
  isQuiet: { zh: "我们会安静。", en: "We are silent." },
  isQuietText: {
    zh: "不会再有与宝宝有关的消息、推荐或提醒。如果哪天您愿意，可以在这里告诉我们，不愿意也没有关系。",
    en: "Nothing about a child will be sent, recommended or brought up. Should you ever wish, tell us here. If you do not, that is all right, too.",
  },
  unquiet: { zh: "可以再联系我", en: "You may write to me again" },
  mine: { zh: "我的资料", en: "My data" },
  copy: { zh: "给我一份我的资料", en: "Give me a copy of my data" },
  explain: { zh: "说明为什么选中我", en: "Tell me why I was chosen" },
  erase: { zh: "删除我的资料", en: "Delete my data" },
  askedOn: { zh: "{day} 提出", en: "asked on {day}" },
  answerBy: { zh: "最迟 {day} 答复", en: "answered by {day} at the latest" },
  answered: { zh: "已办结", en: "done" },
  refused: { zh: "未能办理，理由已告知", en: "refused; you were told why" },
  mineText: {
    zh: "每个请求都有期限，进展写在这里。",
    en: "Each request has its last day; how it stands is shown here.",
  },
  none: { zh: "全部退订", en: "Unsubscribe from everything" },
  noneText: {
    zh: "不再发送任何营销消息、调研，也不提供给第三方。",
    en: "No marketing, no surveys, nothing to third parties.",
  },
  changed: {
    zh: "这里写的有变化，请您再决定一次。",
    en: "What this says has changed. Please decide once more.",
  },
  agree: { zh: "同意", en: "I agree" },
  disagree: { zh: "不同意", en: "I do not" },
  changedUntil: {
    zh: "您以前的同意算到 {day}；没有回答，就当作不同意。",
    en: "Your earlier yes counts up to {day}. Without an answer it ends then.",
  },
  on: { zh: "开", en: "On" },
  off: { zh: "关", en: "Off" },
  other: { zh: "English", en: "中文" },
  expires: {
    zh: "这个链接只属于您，请不要转发。",
    en: "This link is yours alone: please do not pass it on.",
  },
} as const satisfies Record<string, Words>;

export const rightWords = {
  access: { zh: "查阅我的资料", en: "See my data" },
  copy: { zh: "一份我的资料", en: "A copy of my data" },
  correct: { zh: "更正我的资料", en: "Correct my data" },
  delete: { zh: "删除我的资料", en: "Delete my data" },
  explain: { zh: "说明为什么选中我", en: "Why I was chosen" },
  "non-personalised": { zh: "不再按我的情况挑选", en: "Choose nothing by what is known of me" },
  object: { zh: "撤回同意", en: "Withdraw what I agreed to" },
} as const satisfies Record<RightKind, Words>;

export const channelWords = {
  sms: { zh: "短信", en: "Text messages" },
  email: { zh: "邮件", en: "E-mail" },
  wechat: { zh: "微信", en: "WeChat" },
  app: { zh: "App 推送", en: "App notifications" },
  call: { zh: "电话", en: "Phone calls" },
} as const satisfies Record<ConsentChannel, Words>;

export const noticeWords = {
  saved: { zh: "已保存，立即生效。", en: "Saved. It is in effect now." },
  quiet: { zh: "好的。从现在起，我们安静。", en: "All right. From now on we are silent." },
  unquiet: { zh: "谢谢您告诉我们。", en: "Thank you for telling us." },
  none: { zh: "已全部退订。祝您和家人一切都好。", en: "Done. We wish you and your family well." },
  "child-saved": { zh: "日期已更正。", en: "The date is corrected." },
  "child-removed": { zh: "这位宝宝的资料已移除。", en: "This child’s data is removed." },
  "child-added": { zh: "已记下，谢谢。", en: "Noted, thank you." },
  "of-age": {
    zh: "这位孩子已满 14 周岁，由本人决定。没有改变。",
    en: "This child is 14 by now and decides for themselves. Nothing was changed.",
  },
  "date-wrong": {
    zh: "这个日期没有保存：请检查年月日是否正确。",
    en: "That date was not saved: please check day, month and year.",
  },
  copy: { zh: "已收到。办好后会告诉您。", en: "We have your request. You are told when it is ready." },
  explain: { zh: "已收到。我们会说明，并告诉您。", en: "We have your request. You will be told." },
  delete: {
    zh: "已收到。我们会删除并告诉您结果。",
    en: "We have your request. It is deleted, and you are told.",
  },
} as const satisfies Record<Notice, Words>;

export const strangerWords = {
  unknown: {
    title: { zh: "这个链接无法识别", en: "This link is not known here" },
    text: {
      zh: "链接可能不完整。请从消息里重新打开，或联系客服。",
      en: "It may be incomplete. Please open it again from the message, or ask our service.",
    },
  },
  expired: {
    title: { zh: "这个链接已过期", en: "This link has expired" },
    text: {
      zh: "为了保护您的资料，链接只在一段时间内有效。请从最近的消息里打开，或向客服要一个新的。消息里的退订链接一直有效。",
      en: "To protect your data a link works for a limited time. Open it from a recent message, or ask our service for a new one. The unsubscribe link in a message always works.",
    },
  },
  preview: {
    title: { zh: "偏好页面预览", en: "Preview of the preference page" },
    text: {
      zh: "收到消息的用户会在这里决定接收什么、更正宝宝的日期，或要求安静。预览不会更改任何设置。",
      en: "Whoever receives the message decides here what to receive, corrects a child’s date, or asks for silence. A preview changes nothing.",
    },
  },
} as const;
