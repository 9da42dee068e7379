import { isNothing, plain, unquoted } from "../characters.ts";
import type { Mark } from "../marks.ts";
import type { Cleaned, RuleContext, ValueRule } from "../rule.ts";

const usual = /^[1-9]\d{0,2}$/;
/** 2件, x3, ×3, 1,200, 2.0, 3 罐. */
const form =
  /^[x*×]?\s*([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(\d+))?\s*(?:件|个|罐|盒|袋|包|箱|瓶|套|片|支|只|双|条|份|组|台|pcs?|ea|pieces?)?$/i;
const hanDigits = "零一二三四五六七八九十";
const han = /^([一二两三四五六七八九十])(?:件|个|罐|盒|袋|包|箱|瓶|套|片|支|只|双|条|份|组|台)?$/;
const most = 2_000_000_000;
/** From here on a quantity is wholesale or a slip of the finger. */
const wholesale = 1000;

function clean(written: string, { bulk }: RuleContext): Cleaned<number> {
  if (usual.test(written)) return { value: Number(written), changed: false };
  const text = unquoted(plain(written));
  if (isNothing(text)) return { unreadable: "empty" };
  const word = han.exec(text)?.[1];
  if (word !== undefined)
    return { value: word === "两" ? 2 : hanDigits.indexOf(word), changed: true, note: "number-words" };
  const parts = form.exec(text);
  if (parts === null) return { unreadable: "not-a-quantity" };
  // 2.5 kg of pears is a quantity elsewhere; here it is another column.
  if (/[1-9]/.test(parts[3] ?? "")) return { unreadable: "not-whole" };
  const size = Number((parts[2] as string).replaceAll(",", ""));
  if (size > most) return { unreadable: "not-a-quantity" };
  const value = parts[1] === "-" && size !== 0 ? -size : size;
  const marks: Mark[] =
    bulk === true ? [] : value <= 0 ? ["quantity-negative"] : value >= wholesale ? ["quantity-high"] : [];
  const base =
    String(value) === written ? { value, changed: false } : { value, changed: true, note: "tidied" as const };
  return marks.length === 0 ? base : { ...base, marks };
}

export const quantity: ValueRule<"quantity"> = {
  id: "quantity",
  label: { zh: "数量", en: "Quantity" },
  what: {
    zh: "读出件数（2件、×3、１２、2.0、两罐）；零、负数和 1000 件以上做标记。",
    en: "Reads pieces (2件, ×3, full-width, 2.0, 两罐); nought, minus and a thousand or more are marked.",
  },
  personal: false,
  examples: [
    { written: "2件", becomes: "2" },
    { written: "×３", becomes: "3" },
    { written: "2.0", becomes: "2" },
    { written: "两罐", becomes: "2" },
    { written: "-1", becomes: "-1" },
    { written: "2.5", becomes: "not-whole" },
  ],
  clean,
  show: (value) => String(value),
};
