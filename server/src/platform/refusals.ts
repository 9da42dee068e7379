import type { RefusalKind } from "./refusal.ts";

/** How the cellar itself declines: the request's form, who asks, and engines that are away. */
export const refusals = {
  invalid: {
    code: "request/invalid",
    status: 400,
    retry: false,
    text: {
      zh: "请求里有不符合要求的内容，见各项说明。",
      en: "Some of the request is not as it should be; see each item.",
    },
  },
  malformedJson: {
    code: "request/malformed-json",
    status: 400,
    retry: false,
    text: { zh: "请求正文不是完整的 JSON。", en: "The body is not well-formed JSON." },
  },
  tooLarge: {
    code: "request/too-large",
    status: 413,
    retry: false,
    text: { zh: "请求正文太大，请分批发送。", en: "The body is too large; send it in parts." },
  },
  mediaType: {
    code: "request/media-type",
    status: 415,
    retry: false,
    text: { zh: "请以 application/json 发送正文。", en: "Send the body as application/json." },
  },
  notFound: {
    code: "request/not-found",
    status: 404,
    retry: false,
    text: {
      zh: "没有这个地址。接口列表见 /api/v1/openapi.json。",
      en: "No such address. The interface is listed in /api/v1/openapi.json.",
    },
  },
  otherOrigin: {
    code: "request/other-origin",
    status: 403,
    retry: false,
    text: {
      zh: "请求来自别的网站，已拒绝。请在育见自己的页面操作。",
      en: "The request came from another site and was declined. Use Stork's own pages.",
    },
  },
  failed: {
    code: "server/failed",
    status: 500,
    retry: true,
    text: {
      zh: "服务器出错，已记入日志。请稍后再试。",
      en: "The server failed and logged why. Try again later.",
    },
  },
  engineAway: {
    code: "server/engine-away",
    status: 503,
    retry: true,
    text: {
      zh: "数据库暂时没有回应，请稍后重试；没有确认的数据请重发。",
      en: "A database does not answer just now. Retry soon, and send again what was not acknowledged.",
    },
  },
  diskFull: {
    code: "server/disk-full",
    status: 503,
    retry: true,
    text: {
      zh: "服务器磁盘已满，这次的数据没有保存。请腾出空间后重发。",
      en: "The server's disk is full and this was not kept. Make room, then send it again.",
    },
  },
  stopping: {
    code: "server/stopping",
    status: 503,
    retry: true,
    text: { zh: "服务器正在停止，请稍后重试。", en: "The server is stopping; retry soon." },
  },
  signedOut: {
    code: "access/signed-out",
    status: 401,
    retry: false,
    text: {
      zh: "尚未登录或登录已过期，请重新登录。",
      en: "You are not signed in, or the session has expired. Sign in again.",
    },
  },
  unknownKey: {
    code: "access/unknown-key",
    status: 401,
    retry: false,
    text: { zh: "API 密钥无效或已撤销。", en: "The API key is not known or was revoked." },
  },
  unknownWorkspace: {
    code: "access/unknown-workspace",
    status: 404,
    retry: false,
    text: { zh: "没有这个工作区，或您不在其中。", en: "There is no such workspace, or you are not in it." },
  },
  notAllowed: {
    code: "access/not-allowed",
    status: 403,
    retry: false,
    text: {
      zh: "您的角色没有这项权限（{scope}）。请联系工作区所有者。",
      en: "Your role does not include this ({scope}). Ask the workspace's owner.",
    },
  },
  slugTaken: {
    code: "access/slug-taken",
    status: 409,
    retry: false,
    text: {
      zh: "工作区标识「{slug}」已被使用，请换一个。",
      en: 'The workspace slug "{slug}" is taken; choose another.',
    },
  },
  emailTaken: {
    code: "access/already-member",
    status: 409,
    retry: false,
    text: { zh: "这个邮箱已经是成员。", en: "This e-mail address is a member already." },
  },
  unknownMember: {
    code: "access/unknown-member",
    status: 404,
    retry: false,
    text: { zh: "没有这位成员。", en: "There is no such member." },
  },
  lastOwner: {
    code: "access/last-owner",
    status: 409,
    retry: false,
    text: {
      zh: "这是最后一位所有者，不能移除或降级。请先指定另一位所有者。",
      en: "This is the last owner, who cannot be removed or lowered. Name another owner first.",
    },
  },
  noSuchKey: {
    code: "access/no-such-key",
    status: 404,
    retry: false,
    text: { zh: "没有这个 API 密钥。", en: "There is no such API key." },
  },
  tooMuch: {
    code: "access/more-than-own",
    status: 403,
    retry: false,
    text: {
      zh: "不能给出自己没有的权限（{scope}）。",
      en: "You cannot grant what you do not have ({scope}).",
    },
  },
  usersOnly: {
    code: "access/users-only",
    status: 403,
    retry: false,
    text: {
      zh: "这一步只能由登录的用户完成，API 密钥不行。",
      en: "Only a signed-in user can do this, not an API key.",
    },
  },
} as const satisfies Record<string, RefusalKind>;
