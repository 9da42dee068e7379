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
    "姓名 名字 昵称 收货人 收件人 联系人 手机 手机号 手机号码 电话 联系电话 邮箱 地址 收货地址 详细地址 身份证 身份证号 生日 出生日期 微信 微信号 头像 宝宝姓名",
  ]
    .join(" ")
    .split(" "),
);

export function identifyingKey(key: string): boolean {
  return identifyingKeys.has(key.toLowerCase().replaceAll(/[\s_.-]/g, ""));
}

const phone = /(?<![\d.])(?:\+?86[\s-]?)?1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?![\d.])/;
const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/;
const idNumber = /(?<!\d)\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)/g;

/** Whether a value, or anything inside it, looks like a phone number, an e-mail address or an ID number. */
export function looksPersonal(value: unknown): boolean {
  if (typeof value === "string") return textLooksPersonal(value);
  if (typeof value === "number") return Number.isSafeInteger(value) && textLooksPersonal(String(value));
  if (Array.isArray(value)) return value.some(looksPersonal);
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => identifyingKey(key) || looksPersonal(inner));
}

function textLooksPersonal(text: string): boolean {
  if (text.length < 6) return false;
  return phone.test(text) || email.test(text) || (text.match(idNumber) ?? []).some(checksumHolds);
}

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** GB 11643-1999: the last character of an ID number follows from the others, so an order number is rarely taken for one. */
function checksumHolds(id: string): boolean {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(id[i]), 0);
  return "10X98765432"[sum % 11] === id[17]?.toUpperCase();
}
