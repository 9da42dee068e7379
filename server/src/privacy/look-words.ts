import type { Words } from "@stork/contract/common.ts";

/** What a look was at, as it is written down (see look.store.ts), in words. */
export function lookWords(what: string): Words {
  const [kind = "", number = "", ...rest] = what.split(" ");
  if (kind === "export")
    return { zh: `导出 ${number} 的名单（原文）`, en: `The people of export ${number}, whole` };
  if (kind === "quarantine") return { zh: `隔离区的第 ${number} 条`, en: `Item ${number} of the quarantine` };
  if (kind === "import" && rest[0] === "file")
    return { zh: `导入 ${number} 的原始文件`, en: `An original file of import ${number}` };
  if (kind === "import")
    return { zh: `导入 ${number} 的未收下的行`, en: `The refused rows of import ${number}` };
  return plain[what] ?? { zh: what, en: what };
}

const plain: Readonly<Record<string, Words>> = {
  person: { zh: "整页资料（接口）", en: "Her whole page, through the API" },
  reveal: { zh: "她的页面：显示完整内容", en: "Her page, with the masks lifted" },
  "child-notes": { zh: "宝宝的过敏与喂养备注", en: "Notes on a child's allergies and feeding" },
  copy: { zh: "个人信息副本", en: "The copy of everything held of her" },
};
