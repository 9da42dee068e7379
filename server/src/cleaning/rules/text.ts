import { plain } from "../characters.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";
import { simplified } from "../simplified.ts";

function clean(written: string, { simplify }: RuleContext): Cleaned<string> {
  const text = plain(written);
  const value = simplify === true ? simplified(text) : text;
  if (value === "") return { unreadable: "empty" };
  if (value === written) return { value, changed: false };
  if (value !== text) return { value, changed: true, note: "simplified" };
  return { value, changed: true, note: text === written.trim() ? "blanks" : "full-width" };
}

export const text: ValueRule<"text"> = {
  id: "text",
  label: { zh: "文字", en: "Text" },
  what: {
    zh: "全角转半角，去掉看不见的字符和多余空格；繁转简只用于比较和分类，不用于人名。",
    en: "Full-width to half-width, invisible characters and spare blanks out; traditional to simplified only for comparing, never for names.",
  },
  personal: false,
  examples: [
    { written: "　飞鹤 （星飞帆）　３段 ", becomes: "飞鹤 (星飞帆) 3段" },
    { written: "嬰兒奶粉", context: { simplify: true }, becomes: "婴儿奶粉" },
    { written: "嬰兒奶粉", becomes: "嬰兒奶粉" },
  ],
  clean,
  show: (value) => value,
};
