import type { Language, Words } from "@stork/contract/common.ts";

/** What the page for the reader of a message says. It runs no script, loads nothing and names nobody. */
export type UnsubscribeStep = "ask" | "done" | "unknown" | "preview";

const texts: Readonly<Record<UnsubscribeStep, { title: Words; text: Words; button?: Words }>> = {
  ask: {
    title: { zh: "不想再收到这些消息？", en: "No more of these messages?" },
    text: {
      zh: "点一下就好，不需要理由，立即生效。订单和售后通知不受影响。",
      en: "One tap, no reason needed, and it takes effect at once. Messages about your orders still reach you.",
    },
    button: { zh: "退订", en: "Unsubscribe" },
  },
  done: {
    title: { zh: "已退订", en: "You are unsubscribed" },
    text: {
      zh: "我们不会再给您发送营销消息。祝您和家人一切都好。",
      en: "We will send you no more marketing messages. We wish you and your family well.",
    },
  },
  unknown: {
    title: { zh: "这个链接无法识别", en: "This link is not known here" },
    text: {
      zh: "链接可能不完整。请从邮件里重新打开，或直接回复邮件告诉我们。",
      en: "It may be incomplete. Please open it again from the message, or simply reply to the message and tell us.",
    },
  },
  preview: {
    title: { zh: "退订页面预览", en: "Preview of the unsubscribe page" },
    text: {
      zh: "收到消息的用户会在这里一键退订。预览不会更改任何设置。",
      en: "Whoever receives the message unsubscribes here with one tap. A preview changes nothing.",
    },
  },
};

const style = `*{box-sizing:border-box}body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px;
background:#faf8f5;color:#2b2a28;font:16px/1.7 -apple-system,"PingFang SC","Noto Sans CJK SC",system-ui,sans-serif}
main{width:100%;max-width:420px;background:#fff;border-radius:12px;padding:32px 24px;text-align:center}
h1{font-size:22px;margin:0 0 12px}p{margin:0 0 24px;color:#5c5a56}
button{width:100%;min-height:48px;border:0;border-radius:8px;background:#0b6e69;color:#fff;font:inherit;cursor:pointer}
button:focus-visible{outline:3px solid #2b2a28;outline-offset:2px}
@media (prefers-color-scheme:dark){body{background:#1c1b1a;color:#f2efea}main{background:#282624}p{color:#bdb8b0}
button{background:#3fb5ac;color:#10201f}button:focus-visible{outline-color:#fff}}`;

/** The form posts to the page's own address, so a link scanner that only looks changes nothing. */
export function unsubscribePage(step: UnsubscribeStep, language: Language): string {
  const { title, text, button } = texts[step];
  const say = (words: Words): string => (language === "en" ? words.en : words.zh);
  const form =
    button === undefined ? "" : `<form method="post"><button type="submit">${say(button)}</button></form>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${say(title)}</title><style>${style}</style></head>
<body><main><h1>${say(title)}</h1><p>${say(text)}</p>${form}</main></body></html>
`;
}
