import type { Known } from "./known-name.ts";

const trait = (
  zh: string,
  en: string,
  meaningZh: string,
  meaningEn: string,
  more: Pick<Known, "type" | "also" | "unit" | "sensitivity">,
): Known => ({ label: { zh, en }, meaning: { zh: meaningZh, en: meaningEn }, ...more });

const personal = { type: "text", sensitivity: "personal" } as const;
const internal = { type: "text", sensitivity: "internal" } as const;
const ofChild = { sensitivity: "sensitive" } as const;

/** What sources state of persons. Those that say who somebody is live in the vault. */
export const knownTraits: Readonly<Record<string, Known>> = {
  name: trait("姓名", "Name", "本人姓名；只在保险库。", "The person's name; in the vault only.", personal),
  firstName: trait("名", "First name", "名；只在保险库。", "First name; in the vault only.", personal),
  lastName: trait("姓", "Last name", "姓；只在保险库。", "Last name; in the vault only.", personal),
  nickname: trait(
    "昵称",
    "Nickname",
    "自取的名字；只在保险库。",
    "A name of their own choice; in the vault only.",
    personal,
  ),
  phone: trait("手机号", "Phone", "标识之一；只在保险库。", "An identifier; in the vault only.", personal),
  email: trait("邮箱", "E-mail", "标识之一；只在保险库。", "An identifier; in the vault only.", personal),
  address: trait("地址", "Address", "收货地址；只在保险库。", "Where parcels go; in the vault only.", {
    ...personal,
    also: ["object"],
  }),
  avatar: trait(
    "头像",
    "Avatar",
    "头像地址；只在保险库。",
    "Address of a picture; in the vault only.",
    personal,
  ),
  birthday: trait(
    "本人生日",
    "Own birthday",
    "本人的生日；只在保险库。",
    "The person's own birthday; in the vault only.",
    { type: "date", sensitivity: "personal" },
  ),
  province: trait("省份", "Province", "省级行政区。", "Province.", internal),
  city: trait("城市", "City", "地级行政区。", "City.", internal),
  district: trait("区县", "District", "县级行政区。", "District.", internal),
  divisionCode: trait(
    "行政区划代码",
    "Division code",
    "地址所在的行政区划，国家统计局代码。",
    "The official division an address lies in, by the National Bureau of Statistics' code.",
    internal,
  ),
  gender: trait("性别", "Gender", "本人的性别。", "The person's own gender.", internal),
  memberLevel: trait(
    "会员等级",
    "Member level",
    "品牌会员体系里的等级。",
    "Level in the brand's membership.",
    internal,
  ),
  tier: trait("会员等级", "Tier", "会员记录里的等级。", "The level a member's record states.", internal),
  store: trait("归属门店", "Store", "会员归属的门店。", "The store a member belongs to.", internal),
  channel: trait("注册渠道", "Channel", "从哪个渠道成为会员。", "How they became a member.", internal),
  household: trait(
    "家庭编号",
    "Household",
    "来源给同一家庭的编号。",
    "The number a source gives to one household.",
    internal,
  ),
  idNumber: trait(
    "身份证号",
    "ID number",
    "只保留带密钥的哈希。",
    "Kept as a keyed hash and nothing else.",
    personal,
  ),
  registeredAt: trait("注册时间", "Registered at", "成为会员的时间。", "When they became a member.", {
    type: "date",
    sensitivity: "internal",
  }),
  memberSince: trait("入会日期", "Member since", "成为会员的日期。", "The day they became a member.", {
    type: "date",
    sensitivity: "internal",
  }),
  createdAt: trait("建档时间", "Created at", "来源系统里建档的时间。", "When the source made the record.", {
    type: "date",
    sensitivity: "internal",
  }),
  points: trait("积分", "Points", "现有积分。", "Points now.", {
    type: "number",
    unit: "分 points",
    sensitivity: "internal",
  }),
  marketingConsent: trait(
    "营销授权",
    "Marketing consent",
    "是否同意收营销消息；成为授权记录。",
    "Whether marketing messages are welcome; becomes a consent.",
    { type: "boolean", sensitivity: "internal" },
  ),
  consents: trait(
    "授权",
    "Consents",
    '对每个用途同意与否，如 {"child": false}；成为授权记录。',
    'Yes or no to each purpose, as in {"child": false}; becomes consents.',
    { type: "object", sensitivity: "internal" },
  ),
  children: trait(
    "宝宝",
    "Children",
    "每个宝宝的生日或预产期；成为宝宝档案。",
    "Each child's birthday or due date; becomes a child.",
    { type: "list", ...ofChild },
  ),
  dueDate: trait("预产期", "Due date", "成为宝宝档案。", "Becomes a child.", { type: "date", ...ofChild }),
  babyBirthday: trait("宝宝生日", "Baby's birthday", "成为宝宝档案。", "Becomes a child.", {
    type: "date",
    ...ofChild,
  }),
  babyGender: trait("宝宝性别", "Baby's gender", "成为宝宝档案。", "Becomes part of a child.", {
    type: "text",
    ...ofChild,
  }),
};
