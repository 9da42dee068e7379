import { mayHoldPersonal, withoutPersonal } from "../cleaning/personal-forms.ts";

/** Which traits and properties identify somebody, by their key or by how their value looks. */

const identifyingKeys = new Set(
  [
    "name firstname lastname middlename fullname realname truename nickname username displayname",
    "receiver receivername consignee contact contactname buyernick buyername",
    "phone mobile mobilephone phonenumber tel telephone cellphone email mail emailaddress",
    "address street addr addressline address1 address2 shippingaddress deliveryaddress billingaddress postcode postalcode zip",
    "idnumber idcard idno identitycard passport birthday dateofbirth dob birthdate",
    "avatar photo wechat wechatid weixin openid unionid qq weibo alipay bankcard ip ipaddress latitude longitude location",
    "children child babyname kids baby",
    "household householdid householdno householdnumber familyid familyno familynumber 家庭编号 家庭号 家庭id 户号",
    "landline fax clientip remoteip cardno bankcardno 座机 固话 传真 银行卡 银行卡号 身份证号码 证件号 证件号码 住址 家庭住址",
    "姓名 名字 昵称 收货人 收件人 联系人 手机 手机号 手机号码 电话 联系电话 邮箱 地址 收货地址 详细地址 身份证 身份证号 生日 出生日期 微信 微信号 头像 宝宝姓名",
  ]
    .join(" ")
    .split(" "),
);

export function identifyingKey(key: string): boolean {
  return identifyingKeys.has(key.toLowerCase().replaceAll(/[\s_.-]/g, ""));
}

/** Whether a value, or anything inside it, looks like a phone number, an e-mail address, an ID number, a bank card or a house. */
export function looksPersonal(value: unknown): boolean {
  if (typeof value === "string") return textLooksPersonal(value);
  if (typeof value === "number") return Number.isSafeInteger(value) && textLooksPersonal(String(value));
  if (Array.isArray(value)) return value.some(looksPersonal);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => identifyingKey(key) || looksPersonal(inner));
}

function textLooksPersonal(text: string): boolean {
  if (text.length < 5 || !mayHoldPersonal(text)) return false;
  return withoutPersonal(text, { numbers: true, houses: true }) !== text;
}
