import { repaired } from "../garbled.ts";
import type { Cleaned, ValueRule } from "../rule.ts";

const lost = /\ufffd|锟斤拷|锟斤|斤拷/;

function clean(written: string): Cleaned<string> {
  if (written === "") return { unreadable: "empty" };
  if (lost.test(written) || isQuestions(written)) return damaged(written);
  const text = repaired(written);
  if (text === written) return { value: written, changed: false };
  // Half of a character missing at the end: most can be read, the rest is gone.
  if (text === null) return damaged(written);
  return { value: text, changed: true, note: "encoding-repaired", marks: ["encoding-repaired"] };
}

const damaged = (value: string): Cleaned<string> => ({
  value,
  changed: false,
  note: "encoding-damaged",
  marks: ["encoding-damaged"],
});

/** ????3?: what a program writes that knows no Chinese. 真的吗??? is a mother's review. */
function isQuestions(text: string): boolean {
  if (!text.includes("??")) return false;
  if (/\p{L}/u.test(text.replaceAll(/[a-zA-Z]/g, ""))) return false;
  const marks = text.replaceAll(/[^?]/g, "").length;
  return marks * 3 >= text.replaceAll(/\s/g, "").length;
}

export const encoding: ValueRule<"encoding"> = {
  id: "encoding",
  label: { zh: "乱码", en: "Garbled text" },
  what: {
    zh: "发现乱码；能确定原文的（UTF-8 与 GBK、Latin-1 错读）还原，不能确定的只标记。",
    en: "Finds text read in the wrong encoding; puts it right where the way back is certain, else marks it.",
  },
  personal: false,
  examples: [
    { written: "浣犲ソ锛屽疂瀹濆ザ绮?", becomes: "浣犲ソ锛屽疂瀹濆ザ绮?" },
    { written: "ÄÌ·Û", becomes: "奶粉" },
    { written: "å¥¶ç²‰", becomes: "奶粉" },
    { written: "锟斤拷锟斤拷", becomes: "锟斤拷锟斤拷" },
    { written: "????", becomes: "????" },
  ],
  clean,
  show: (value) => value,
};
