import { isNothing, plain, unquoted } from "../characters.ts";
import type { Cleaned, ValueRule } from "../rule.ts";

const form = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const usual = /^[a-z0-9][a-z0-9._+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.[a-z]{2,}$/;
const junk = /^(?:noreply|no-reply|null|none|undefined|unknown|nobody)@/;
const within = /<([^<>@\s]+@[^<>@\s]+)>\s*$/;

/** Slips of the finger beside the mail houses that mothers in China use. Somebody may own such a domain all the same. */
const slips: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    "qq.com": "qq.con qq.cm qq.co qq.cmo qq.ocm qq.om qq.comm qq.com.com qqq.com q.com.cn",
    "163.com": "163.con 163.cm 163.co 163.cmo 163.ocm 163.comm 1633.com 1163.com 163com.com",
    "126.com": "126.con 126.cm 126.co 126.cmo 126.comm 1266.com",
    "gmail.com":
      "gmial.com gmai.com gmal.com gamil.com gnail.com gmail.con gmail.cm gmail.co gmaill.com gmali.com gmil.com",
    "hotmail.com": "hotmial.com hotmai.com hotmal.com hotmail.con hotmali.com hotmil.com",
    "outlook.com": "outlok.com outloook.com outlook.con outlook.cm outllok.com",
    "sina.com": "sina.con sina.cm sian.com sina.comm",
    "foxmail.com": "foxmai.com foxmail.con foxmial.com foxmal.com",
    "icloud.com": "iclud.com icloud.con iclould.com icoud.com",
    "yeah.net": "yeah.nte yeah.ent yaeh.net",
    "aliyun.com": "aliyun.con aliyn.com alyun.com",
  }).flatMap(([right, wrong]) => wrong.split(" ").map((one) => [one, right])),
);

function clean(written: string): Cleaned<string> {
  const text = usual.test(written) ? written : tidy(written);
  if (isNothing(text)) return { unreadable: "empty" };
  if (text.length > 256 || !form.test(text)) return { unreadable: "not-an-email" };
  if (/\*{2,}/.test(text))
    return { value: text, changed: text !== written, note: "masked", marks: ["value-masked"] };
  if (junk.test(text)) return { unreadable: "placeholder" };
  const slip = Object.hasOwn(slips, text.slice(text.lastIndexOf("@") + 1));
  if (!slip)
    return text === written
      ? { value: text, changed: false }
      : { value: text, changed: true, note: "tidied" };
  // Somebody may own the odd domain: it is for a person to say what was meant.
  return { value: text, changed: text !== written, note: "domain-slip", marks: ["email-domain-typo"] };
}

const tidy = (written: string): string => {
  const text = unquoted(plain(written)).toLowerCase();
  return (within.exec(text)?.[1] ?? text)
    .replace(/^mailto:/, "")
    .replace(/\s*@\s*/, "@")
    .replaceAll("。", ".")
    .replace(/[.,;]+$/, "");
};

export const email: ValueRule<"email"> = {
  id: "email",
  label: { zh: "电子邮箱", en: "E-mail address" },
  what: {
    zh: "去掉空格、全角和尾部标点，统一为小写；像 gmial.com 这样的域名只标记，不改。",
    en: "Blanks, full-width forms and trailing punctuation go, letters become small; a domain such as gmial.com is marked, not changed.",
  },
  personal: true,
  examples: [
    { written: " Li.Na＠Example.CN ", becomes: "li.na@example.cn" },
    { written: "李娜 <li@qq.com>", becomes: "li@qq.com" },
    { written: "mama@gmial.com", becomes: "mama@gmial.com" },
    { written: "li***@qq.com", becomes: "li***@qq.com" },
    { written: "noreply@shop.cn", becomes: "placeholder" },
  ],
  clean,
  show: (value) => value,
};
