import type { Words } from "@stork/contract/common.ts";

/** Why there is no connection to a broker, in words that say what to do. */
export const deviceTroubles = {
  unreachable: {
    zh: "连不上：地址或端口不对，或服务器没有启动",
    en: "Not reachable: wrong address or port, or the broker is not running",
  },
  "unknown-host": { zh: "找不到这个主机名", en: "There is no host of this name" },
  "sign-in": { zh: "用户名或密码不对", en: "Wrong user name or password" },
  "not-authorised": {
    zh: "服务器拒绝登录：用户名、密码或权限不对",
    en: "The broker refuses the sign-in: user name, password or permissions are wrong",
  },
  protocol: {
    zh: "服务器不支持这个 MQTT 版本，请换成 3.1.1",
    en: "The broker does not speak this version of MQTT; try 3.1.1",
  },
  certificate: {
    zh: "服务器的证书不可信：请填写签发它的机构证书（PEM），或检查主机名与期限",
    en: "The broker's certificate is not trusted: give the authority's certificate (PEM), or check its host name and dates",
  },
  "ca-unreadable": { zh: "机构证书不是有效的 PEM", en: "The authority's certificate is no valid PEM" },
  timeout: { zh: "没有在 10 秒内回答", en: "No answer within 10 seconds" },
  "subscription-refused": {
    zh: "服务器不允许订阅其中的主题",
    en: "The broker does not let this user subscribe to the topics",
  },
  "not-committed": {
    zh: "事件暂时存不进数据库；服务器会重发，没有丢失",
    en: "Events cannot be stored at the moment; the broker sends them again, nothing is lost",
  },
  replaced: {
    zh: "另一个程序用同一个客户端名连接了服务器",
    en: "Another program connected to the broker under the same client name",
  },
  unknown: { zh: "连接中断，正在重试", en: "The connection was lost and is being tried again" },
} as const satisfies Record<string, Words>;

export type DeviceTrouble = keyof typeof deviceTroubles;

export const troubleWords = (code: string | null): Words | null =>
  code === null ? null : (deviceTroubles[code as DeviceTrouble] ?? deviceTroubles.unknown);

const codes: Readonly<Record<string, DeviceTrouble>> = {
  ECONNREFUSED: "unreachable",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  ECONNRESET: "unreachable",
  ENOTFOUND: "unknown-host",
  EAI_AGAIN: "unknown-host",
  ETIMEDOUT: "timeout",
  ERR_OSSL_PEM_NO_START_LINE: "ca-unreadable",
};
/** MQTT's own: 1–5 of 3.1.1, from 128 on of 5. */
const reasons: Readonly<Record<number, DeviceTrouble>> = {
  ...{ 1: "protocol", 2: "not-authorised", 3: "unreachable", 4: "sign-in", 5: "not-authorised" },
  ...{ 132: "protocol", 134: "sign-in", 135: "not-authorised", 136: "unreachable", 138: "not-authorised" },
  142: "replaced",
};

/** Tells from an error of the client what is wrong; its text may hold the address and is not shown. */
export function troubleOf(error: unknown): DeviceTrouble {
  const { code, message = "", errors } = error as { code?: unknown; message?: string; errors?: unknown[] };
  if (typeof code === "number") return reasons[code] ?? "unknown";
  if (typeof code === "string" && codes[code] !== undefined) return codes[code];
  if (/CERT|SELF_SIGNED|ALTNAME|UNABLE_TO/.test(String(code)) || /certificate/i.test(message))
    return "certificate";
  if (/PEM|no start line/i.test(message)) return "ca-unreadable";
  if (/timeout|connack/i.test(message)) return "timeout";
  return errors?.[0] === undefined ? "unknown" : troubleOf(errors[0]);
}
