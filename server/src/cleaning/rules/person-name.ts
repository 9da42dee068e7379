import { isNothing, plain, unquoted } from "../characters.ts";
import type { Cleaned, ValueRule } from "../rule.ts";
import { surnameLength } from "../surnames.ts";

const usual = /^\p{Script=Han}{2,3}$/u;
/** How a person is addressed; said of whoever bears the name before it. */
const address =
  /(?:先生|女士|小姐姐?|太太|老师|医生|同学|阿姨|叔叔|哥哥?|姐姐?|宝妈|宝爸|收货?|亲启|本人|\(.*\))+$/;
/** 小明妈妈 says the child's name, not the mother's. */
const relation = /(?:妈妈?|爸爸?|麻麻|粑粑|奶奶|爷爷|外婆|姥姥|姥爷|家长|他妈|她妈|mama?|mum|mom|dad)$/i;
const nobody =
  /公司|有限|商行|商店|超市|母婴店|专卖|旗舰|医院|学校|幼儿园|驿站|快递|菜鸟|丰巢|前台|门卫|物业|代收|小区/;
const made = /\d|_|用户|微信|淘宝|会员|顾客|客户|匿名|昵称|[\p{Extended_Pictographic}♥❤★☆~～^]/u;
const latin = /^\p{Script=Latin}[\p{Script=Latin}'’.-]*(?: \p{Script=Latin}[\p{Script=Latin}'’.-]*){1,4}$/u;
const foreign = /^\p{Script=Han}{1,12}(?:[·.]\p{Script=Han}{1,12}){1,4}$/u;
const written = /^\p{Script=Han}{2,4}$/u;

function clean(value: string): Cleaned<string> {
  if (usual.test(value) && isName(value) && !address.test(value)) return { value, changed: false };
  const text = unquoted(plain(value)).replaceAll(/[・•‧･]/g, "·");
  if (isNothing(text)) return { unreadable: "empty" };
  if (text.length > 100) return { unreadable: "too-long" };
  if (/\ufffd|锟/.test(text))
    return { value: text, changed: text !== value, note: "encoding-damaged", marks: ["encoding-damaged"] };
  if (/[*×＊]/.test(text) || /^\p{Script=Han}?[xX某]{1,2}\p{Script=Han}?$/u.test(text))
    return { value: text, changed: text !== value, note: "masked", marks: ["value-masked"] };
  if (/^测试|测试$|^test/i.test(text))
    return { value: text, changed: text !== value, note: "test-word", marks: ["name-nickname"] };
  if (nobody.test(text))
    return { value: text, changed: text !== value, note: "not-a-person", marks: ["name-not-person"] };
  return ofPerson(text, value);
}

function ofPerson(text: string, value: string): Cleaned<string> {
  const han = /\p{Script=Han}/u.test(text);
  const name = han ? text.replaceAll(/\s/g, "").replace(address, "") : text;
  if (name === "") return { unreadable: "not-a-name" };
  if (foreign.test(name) || (!han && latin.test(name))) return tidied(name, value);
  if (relation.test(name) || made.test(name) || !written.test(name) || !isName(name)) {
    // 王女士: the family name is all there is.
    if (name.length <= 2 && surnameLength(name) === name.length)
      return { value: name, changed: name !== value, note: "surname-only" };
    return { value: text, changed: text !== value, note: "nickname", marks: ["name-nickname"] };
  }
  if (name.length <= 2 && surnameLength(`${name}某`) === name.length)
    return { value: name, changed: name !== value, note: "surname-only" };
  return tidied(name, value);
}

const tidied = (name: string, value: string): Cleaned<string> =>
  name === value ? { value, changed: false } : { value: name, changed: true, note: "form-of-address" };

/** A family name that exists and one or two characters after it; 豆豆 and 天天 are what children are called at home. */
function isName(text: string): boolean {
  const length = surnameLength(text);
  const given = text.slice(length);
  return (
    length > 0 &&
    given.length >= 1 &&
    given.length <= 2 &&
    !(length === 1 && given === text[0]) &&
    !relation.test(text)
  );
}

export const personName: ValueRule<"person-name"> = {
  id: "person-name",
  label: { zh: "姓名", en: "Person's name" },
  what: {
    zh: "去掉「女士」「宝妈」「（收）」等称呼和空格，认复姓、少数民族姓名和拉丁字母姓名；昵称只标记，不当姓名；不做繁简转换。",
    en: "Forms of address and blanks go; compound surnames, names with · and Latin names are known; nicknames are marked; characters are never converted.",
  },
  personal: true,
  examples: [
    { written: "欧阳 娜娜 女士", becomes: "欧阳娜娜" },
    { written: "李娜（宝妈）", becomes: "李娜" },
    { written: "阿依古丽・买买提", becomes: "阿依古丽·买买提" },
    { written: "豆豆妈妈", becomes: "豆豆妈妈" },
    { written: "王女士", becomes: "王" },
    { written: "王**", becomes: "王**" },
  ],
  clean,
  show: (value) => value,
};
