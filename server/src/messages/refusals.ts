import type { RefusalKind } from "../platform/refusal.ts";

export const unknownCampaign = {
  code: "messages/unknown-campaign",
  status: 404,
  retry: false,
  text: { zh: "没有这个活动", en: "There is no such campaign" },
} as const satisfies RefusalKind;

export const unknownChannel = {
  code: "messages/unknown-channel",
  status: 404,
  retry: false,
  text: { zh: "没有这个渠道，或已被删除", en: "There is no such channel, or it was removed" },
} as const satisfies RefusalKind;

export const unknownVariable = {
  code: "messages/unknown-variable",
  status: 422,
  retry: false,
  text: {
    zh: "模板里没有变量 {name}（第 {line} 行第 {column} 列）。可用：{known}",
    en: "The template has no variable {name} (line {line}, column {column}). Available: {known}",
  },
} as const satisfies RefusalKind;

export const templateSyntax = {
  code: "messages/template-syntax",
  status: 422,
  retry: false,
  text: {
    zh: "模板写法有误（第 {line} 行第 {column} 列）：{detail}",
    en: "The template cannot be read (line {line}, column {column}): {detail}",
  },
} as const satisfies RefusalKind;

/** It can be read, but not carried out: endless, or far too large. */
export const templateStopped = {
  code: "messages/template-stopped",
  status: 422,
  retry: false,
  text: {
    zh: "模板能读懂，但算不完：循环太多，或结果太大",
    en: "The template can be read but not carried out: it loops too often or grows too large",
  },
} as const satisfies RefusalKind;

export const scriptInContent = {
  code: "messages/script-in-content",
  status: 422,
  retry: false,
  text: {
    zh: "消息里不能有脚本（{found}，第 {line} 行）：邮件软件会拦下整封邮件",
    en: "A message may carry no script ({found}, line {line}): mail programs would stop the whole mail",
  },
} as const satisfies RefusalKind;

export const variableInLink = {
  code: "messages/variable-in-link",
  status: 422,
  retry: false,
  text: {
    zh: "链接里不能放变量（第 {line} 行）：网址会被记录和转发，不应带个人信息",
    en: "A link may hold no variable (line {line}): addresses are logged and passed on, and must carry nothing personal",
  },
} as const satisfies RefusalKind;

export const tooManyLinks = {
  code: "messages/too-many-links",
  status: 422,
  retry: false,
  text: { zh: "一条消息最多 {most} 个链接", en: "A message may hold at most {most} links" },
} as const satisfies RefusalKind;

export const missingValue = {
  code: "messages/missing-value",
  status: 422,
  retry: false,
  text: {
    zh: '这位用户没有 {name}，正式发送时会被保留不发。可写默认值：{{ {name} | default: "…" }}',
    en: 'This person has no {name}: the message would be held. Give a default: {{ {name} | default: "…" }}',
  },
} as const satisfies RefusalKind;

export const nobodyToPreview = {
  code: "messages/nobody-to-preview",
  status: 404,
  retry: false,
  text: { zh: "没有可用于预览的用户", en: "There is nobody to preview for" },
} as const satisfies RefusalKind;

export const notNow = {
  code: "messages/not-now",
  status: 409,
  retry: false,
  text: {
    zh: "活动现在是「{status}」，不能这样做",
    en: "The campaign is {status}: that cannot be done now",
  },
} as const satisfies RefusalKind;

export const channelInUse = {
  code: "messages/channel-in-use",
  status: 409,
  retry: true,
  text: {
    zh: "还有活动在使用这个渠道，先停止或删除它们",
    en: "Campaigns that are not finished use this channel: stop or delete them first",
  },
} as const satisfies RefusalKind;

export const insecureWebhook = {
  code: "messages/insecure-webhook",
  status: 422,
  retry: false,
  text: {
    zh: "公网 Webhook 必须用 https：请求里有个人信息",
    en: "A webhook on the internet must use https: its requests carry personal data",
  },
} as const satisfies RefusalKind;

export const credentialsInAddress = {
  code: "messages/credentials-in-address",
  status: 422,
  retry: false,
  text: {
    zh: "Webhook 地址里不能写用户名或密码：地址会显示给同事。请求由密钥签名，接收方用它验证",
    en: "The webhook's address may hold no user name or password: colleagues see it. Requests are signed with the secret, which the receiver checks",
  },
} as const satisfies RefusalKind;

export const badWebhookSecret = {
  code: "messages/bad-webhook-secret",
  status: 422,
  retry: false,
  text: {
    zh: "密钥须为 whsec_ 加 24 至 64 字节的 Base64；留空则自动生成",
    en: "The secret must be whsec_ and 24 to 64 bytes in Base64; leave it out to have one made",
  },
} as const satisfies RefusalKind;

export const badSender = {
  code: "messages/bad-sender",
  status: 422,
  retry: false,
  text: {
    zh: "发件人须为邮箱地址，例如 育见 <hello@example.com>",
    en: "The sender must be an e-mail address, such as Stork <hello@example.com>",
  },
} as const satisfies RefusalKind;

export const testNeedsUser = {
  code: "messages/test-needs-user",
  status: 409,
  retry: false,
  text: {
    zh: "测试邮件只发到登录者本人的邮箱，API 密钥没有邮箱",
    en: "A test goes to the signed-in user's own address only, and an API key has none",
  },
} as const satisfies RefusalKind;
