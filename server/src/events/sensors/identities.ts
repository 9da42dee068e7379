import type { Identifier } from "../../people/identity.ts";
import { ownValue } from "../own-value.ts";
import { type Fields, fields, idText } from "../segment-traits.ts";

/** The SDKs' own kinds of identity. What a company adds keeps its name as its namespace. */
const namespaces: Readonly<Record<string, string>> = {
  $identity_login_id: "user",
  $identity_cookie_id: "anonymous",
  $identity_anonymous_id: "anonymous",
  $identity_distinct_id: "anonymous",
  $identity_mp_id: "anonymous",
  $identity_mobile: "phone",
  $identity_email: "email",
  $identity_mp_openid: "openid:mini-program",
  $identity_mp_unionid: "unionid",
  $identity_android_id: "device:android",
  $identity_android_uuid: "device:android",
  $identity_ios_uuid: "device:ios",
  $identity_idfv: "device:ios",
  $identity_idfa: "device:idfa",
  $identity_oaid: "device:oaid",
  $identity_harmony_uuid: "device:harmony",
  $identity_alipay_mp_openid: "openid:alipay",
  $identity_toutiao_mp_openid: "openid:toutiao",
  $identity_baidu_mp_openid: "openid:baidu",
  $identity_qq_mp_openid: "openid:qq",
  $identity_kuaishou_mp_openid: "openid:kuaishou",
};
const openidOfApp = /^\$(?:identity_)?mp_([A-Za-z0-9]{4,40})_openid$/;
const ownKind = /^[a-z][a-z0-9_.-]{0,31}$/;
/** Ours; somebody else's key of that name is another thing. */
const reserved = new Set(["user", "anonymous", "taobao"]);
const mostIdentities = 20;

/**
 * Who an item is about: the identities of newer SDKs, and the login, anonymous and distinct ids that all of them send.
 * A distinct id alone, of a server's SDK, is a visitor's unless the item says that it is a login.
 */
export function identifiersOf(item: Fields): Identifier[] {
  const found: Identifier[] = [];
  const add = (namespace: string, value: unknown): void => {
    const id = idText(value);
    if (id !== undefined && !found.some((one) => one.namespace === namespace && one.value === id))
      found.push({ namespace, value: id });
  };
  const identities = fields(item["identities"]) ?? {};
  const login = idText(item["login_id"]);
  if (login !== undefined && !isJoint(login, identities)) add("user", login);
  for (const [key, value] of Object.entries(identities).slice(0, mostIdentities)) {
    const namespace = namespaceOf(key);
    for (const one of Array.isArray(value) ? value.slice(0, mostIdentities) : [value])
      if (namespace !== undefined) add(namespace, one);
  }
  add("anonymous", item["anonymous_id"]);
  const distinct = idText(item["distinct_id"]);
  const isKnown = distinct === undefined || found.some(({ value }) => value === distinct);
  if (!isKnown && !isJoint(distinct, identities)) {
    if (isLogin(item)) add("user", distinct);
    else if (found.length === 0) add("anonymous", distinct);
  }
  const device = fields(item["properties"])?.["$device_id"];
  // A browser's device id is its cookie once more.
  if (found.length > 0 && !found.some(({ value }) => value === device)) add("device", device);
  return found;
}

export function namespaceOf(key: string): string | undefined {
  const known = ownValue(namespaces, key);
  if (known !== undefined) return known;
  const app = openidOfApp.exec(key)?.[1];
  if (app !== undefined) return `openid:${app}`;
  const own = key.replace(/^\$(?:identity_)?/, "").toLowerCase();
  return ownKind.test(own) && !reserved.has(own) ? own : undefined;
}

/** Signed in by another key than the login, the SDK writes "key+value" where the login id stands. */
const isJoint = (id: string, identities: Fields): boolean => {
  const plus = id.indexOf("+");
  return plus > 0 && Object.hasOwn(identities, id.slice(0, plus));
};

const isLogin = (item: Fields): boolean =>
  item["type"] === "track_signup" ||
  fields(item["properties"])?.["$is_login_id"] === true ||
  (item["is_login_id"] ?? item["$is_login_id"]) === true;
