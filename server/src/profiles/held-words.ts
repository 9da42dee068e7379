import type { Words } from "@stork/contract/common.ts";
import type { HeldBack } from "../people/held-back.ts";

const names: Readonly<Record<string, Words>> = {
  ...{ phone: { zh: "手机号", en: "phone" }, email: { zh: "邮箱", en: "e-mail" } },
  ...{ user: { zh: "用户 ID", en: "user ID" }, anonymous: { zh: "匿名 ID", en: "anonymous ID" } },
  ...{ device: { zh: "设备", en: "device" }, taobao: { zh: "淘宝用户", en: "Taobao user" } },
  ...{ member: { zh: "会员号", en: "member ID" } },
};

/** A kind of identifier as staff call it: `member:tmall` is 会员号（tmall）. */
export function namespaceWords(namespace: string): Words {
  const [kind = "", of = ""] = namespace.split(/:(.*)/s);
  const name = names[kind] ?? { zh: kind, en: kind };
  return of === "" ? name : { zh: `${name.zh}（${of}）`, en: `${name.en} (${of})` };
}

/** Why two are not one, though two of their identifiers came together. */
export function heldWords(held: HeldBack): Words {
  if (held === null)
    return {
      zh: "按现在的规则可以合并了，但要由人来答。",
      en: "By today's rules they could be one; somebody has to say so.",
    };
  if (held.why === "never-same")
    return { zh: "有人说过她们绝不是同一人。", en: "Somebody said that they are never the same." };
  if (held.why === "too-many-nodes")
    return {
      zh: `合并后会超过每人最多 ${held.most} 个标识。`,
      en: `Together they would have more than ${held.most} identifiers, the most of one person.`,
    };
  const name = namespaceWords(held.namespace);
  if (held.why === "trace")
    return {
      zh: `${name.zh}只跟随先到的人，不把两位已知用户连成一位（例如家里的平板）。`,
      en: `A trace (${name.en}) follows whoever was there first and makes no two known persons one: it may be a shared tablet.`,
    };
  return {
    zh: `合并后会有 ${held.have} 个${name.zh}，规则是每人最多 ${held.most} 个。`,
    en: `Together they would have ${held.have} of the kind ${name.en}; by the rules one person has ${held.most} at most.`,
  };
}
