import type { Told } from "./told.ts";

/** One opened word: a trait with its value, an identifier, a child's date. */
export interface Opened {
  key: string;
  value: unknown;
}

const bare = (key: string): string => key.toLowerCase().replaceAll(/[\s_.-]/g, "");

/** Which field of a person a word belongs to, by its key. */
const fields: Readonly<Record<keyof Told, RegExp>> = {
  names:
    /^(full|real|true|receiver|consignee|contact)?name$|^(receiver|consignee|contact)$|^(姓名|名字|收货人|收件人|联系人)$/,
  phones:
    /^(receiver)?(phone|mobile|tel|telephone|cellphone|mobilephone|phonenumber)$|^(手机|手机号|手机号码|电话|联系电话)$/,
  emails: /^(e?mail|emailaddress)$|^邮箱$/,
  addresses: /^(receiver|shipping|delivery|home)?(address|addr)$|^(地址|收货地址|详细地址|住址|家庭住址)$/,
  birthdays: /^(birthday|dateofbirth|dob|birthdate)$|^(生日|出生日期)$/,
  childBirthdays: /^child$/,
};

/** What a person told, out of everything opened of her. Words of no field are left alone. */
export function toldFrom(words: readonly Opened[]): Told {
  const told: { [Field in keyof Told]: string[] } = {
    ...{ names: [], phones: [], emails: [], addresses: [], birthdays: [], childBirthdays: [] },
  };
  const parts = new Map<string, string>();
  for (const { key, value } of words) {
    const name = bare(key);
    const text = textOf(value);
    if (text === "") continue;
    if (name === "lastname" || name === "firstname") parts.set(name, text);
    for (const field of Object.keys(fields) as (keyof Told)[])
      if (fields[field].test(name) && text.length <= 300) told[field].push(text);
  }
  const [last, first] = [parts.get("lastname"), parts.get("firstname")];
  if (last !== undefined && first !== undefined)
    told.names.push(/\p{Script=Han}/u.test(last) ? last + first : `${first} ${last}`);
  return told;
}

/** An address may come in parts: {province, city, district, street}. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (typeof value === "number") return String(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return "";
  return Object.values(value)
    .filter((each) => typeof each === "string")
    .join("");
}
