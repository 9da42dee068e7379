import type { Say } from "../i18n/i18n.ts";

const plain = ["phone", "email", "user", "anonymous", "device", "unionid", "taobao"] as const;
const scoped = ["member", "openid"] as const;

/** An identifier's namespace in words: `member:tmall` is a member id of tmall. */
export function namespaceName(namespace: string, say: Say): string {
  const known = plain.find((one) => one === namespace);
  if (known !== undefined) return say(`families.ns.${known}`);
  const [kind = "", of = ""] = namespace.split(/:(.*)/s);
  const family = scoped.find((one) => one === kind);
  return family === undefined || of === "" ? namespace : say(`families.ns.${family}`, { of });
}
