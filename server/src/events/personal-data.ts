import { mayHoldPersonal, withoutIpAddress, withoutPersonal } from "../cleaning/personal-forms.ts";

/**
 * Takes out of an event's properties what identifies, before they reach the facts' engine: phone numbers, e-mail
 * addresses and identity-card numbers wherever they stand, and values whose key says that they name or locate somebody.
 * What is taken leaves a token, so that one sees that something was there.
 */
export interface Stripped {
  json: string;
  found: boolean;
}

/** Keys whose digits are a shop's own numbers; some product ids look exactly like mobile numbers. */
const numbered =
  /^(product|sku|spu|item|goods|auction|order|variant|coupon|checkout|cart|category|list|promotion|campaign|shop|store|payment|barcode|upc|ean|gtin|price|total|revenue|value)(_?(id|no|code|number|sn))?s?$/i;
const naming =
  /^(e_?mail|phone|mobile|tel|telephone|cell_?phone|phone_?number|mobile_?number|id_?card|id_?number|identity|passport|bank_?card|((shipping|delivery|billing|home|mailing)_?)?address|street|receiver.*|recipient.*|consignee.*|((first|last|full|real|nick|display|user|customer|buyer|member|baby|child|kid)_?name)|buyer_?nick|birth_?(day|date)|date_?of_?birth|dob|latitude|longitude|contact(_?(name|person|phone|tel|number|info))?|wechat.*|wei?xin.*|wxid|qq|openid|open_id|unionid|union_id|手机.*|电话.*|.*地址|.*住址|收货.*|收件.*|联系人|.*姓名|.*昵称|身份证.*|邮箱|微信.*)$/i;
/** Under these a plain "name" is somebody's; elsewhere it is a product's. */
const somebody =
  /^(customer|user|buyer|member|payer|guest|client|profile|mother|child(ren)?|bab(y|ies)|kids?)$/i;
/** Where a road and a number are a shop's, not somebody's. */
const ownPlace = /^(store|shop|warehouse|branch|门店|店铺|仓库)/i;
/** Deeper than any real property; a walk without an end would be a way to stop the server. */
const mostDepth = 50;
const ipKey = /(^|_)ip(_?addr(ess)?)?$|^(client|remote|user|server)ip$|ipaddress$/i;

export function stripPersonalData(properties: object): Stripped {
  const json = JSON.stringify(properties);
  if (!hasTellingKey(properties, 0) && !mayHoldPersonal(json)) return { json, found: false };
  const state = { found: false };
  const kept = strip(properties, "", state, 0);
  return state.found ? { json: JSON.stringify(kept), found: true } : { json, found: false };
}

/** Whether each key that was seen may make its value somebody's; they come again and again. */
const seen = new Map<string, boolean>();
const mostSeen = 5_000;
const longestSeen = 100;

function isTelling(key: string): boolean {
  const known = seen.get(key);
  if (known !== undefined) return known;
  const tells = naming.test(key) || somebody.test(key) || ipKey.test(key);
  if (seen.size < mostSeen && key.length <= longestSeen) seen.set(key, tells);
  return tells;
}

/** Tells the many events without any such key from the few that need a closer look. */
function hasTellingKey(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (depth > mostDepth) return true;
  if (Array.isArray(value)) return value.some((one) => hasTellingKey(one, depth + 1));
  for (const key in value)
    if (isTelling(key) || hasTellingKey(value[key as keyof typeof value], depth + 1)) return true;
  return false;
}

function strip(value: unknown, key: string, state: { found: boolean }, depth: number): unknown {
  if (typeof value === "string") return stripText(value, key, state);
  if (typeof value === "number") {
    const text = String(value);
    const stripped = stripText(text, key, state);
    return stripped === text ? value : stripped;
  }
  if (typeof value !== "object" || value === null) return value;
  if (depth > mostDepth) {
    state.found = true;
    return null;
  }
  if (Array.isArray(value)) return value.map((one) => strip(one, key, state, depth + 1));
  if (naming.test(key)) {
    state.found = true;
    return "[removed]";
  }
  const isSomebody = somebody.test(key);
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      stripText(name, "", state),
      strip(one, isSomebody && name === "name" ? "full_name" : name, state, depth + 1),
    ]),
  );
}

function stripText(text: string, key: string, state: { found: boolean }): string {
  if (text === "") return text;
  if (naming.test(key)) {
    state.found = true;
    return "[removed]";
  }
  const kept = withoutPersonal(ipKey.test(key) ? withoutIpAddress(text) : text, {
    numbers: !numbered.test(key),
    houses: !ownPlace.test(key),
  });
  if (kept !== text) state.found = true;
  return kept;
}
