import { isRefusedRecord } from "../../records/kind.ts";
import { kinds } from "../../records/kinds.ts";
import type { Preset, RecordKind, Row } from "../preset.ts";
import { type Cells, cellsFor } from "./cells.ts";
import { refusalOf } from "./refusal-of.ts";
import { number as plainNumber } from "./spend-report.ts";
import {
  account,
  address,
  choice,
  code,
  day,
  division,
  email,
  idNumber,
  personName,
  phone,
  time,
  words,
} from "./target.ts";

const targets = [
  account(
    "member",
    "会员号",
    "Member number",
    "会员编号",
    "会员卡号",
    "会员ID",
    "卡号",
    "member_id",
    "member",
  ),
  words("programme", "会员体系", "Programme", "品牌", "来源店铺", "店铺", "渠道"),
  phone("phone", "手机号", "Phone", "手机", "手机号码", "联系电话", "mobile"),
  email("email", "邮箱", "E-mail", "电子邮箱", "email"),
  account("unionid", "unionid", "WeChat unionid", "UnionID"),
  account("openid", "openid", "WeChat openid", "OpenID", "微信openid"),
  personName("name", "姓名", "Name", "会员姓名", "会员名称", "客户姓名"),
  idNumber("idNumber", "身份证号", "ID number", "身份证", "身份证号码", "证件号码", "证件号"),
  choice("gender", "gender", "性别", "Gender", "会员性别"),
  time("joinedAt", "入会时间", "Joined at", "注册时间", "开卡时间", "入会日期", "注册日期", "created_at"),
  time("changedAt", "更新时间", "Changed at", "修改时间", "最后更新时间", "updated_at"),
  words("tier", "会员等级", "Tier", "等级", "level", "tier"),
  code("points", "积分", "Points", "可用积分", "积分余额", "points"),
  day("bornOn", "宝宝生日", "Child's birthday", "宝宝出生日期", "孩子生日", "宝宝1生日", "baby_birthday"),
  day("dueOn", "预产期", "Due date", "due_date"),
  choice("gender", "childGender", "宝宝性别", "Child's gender", "孩子性别", "宝宝1性别"),
  personName("childName", "宝宝姓名", "Child's name", "宝宝昵称", "宝宝小名", "孩子姓名"),
  day("bornOn2", "二宝生日", "Second child's birthday", "宝宝2生日"),
  day("dueOn2", "二宝预产期", "Second child's due date"),
  personName("childName2", "二宝昵称", "Second child's name", "二宝姓名"),
  choice("gender", "childGender2", "二宝性别", "Second child's gender", "宝宝2性别"),
  division("province", "省份", "Province", "省"),
  division("city", "城市", "City", "市", "所在城市"),
  division("district", "区县", "District", "区"),
  address("address", "地址", "Address", "详细地址", "联系地址"),
  choice(
    "yes-no",
    "consent",
    "是否同意营销",
    "Agrees to marketing",
    "营销授权",
    "短信授权",
    "接收短信",
    "consent",
  ),
  choice(
    "yes-no",
    "childConsent",
    "是否同意使用宝宝资料",
    "Agrees to the use of the child's data",
    "宝宝资料授权",
    "监护人授权",
    "儿童信息授权",
    "child_consent",
  ),
  account(
    "household",
    "家庭编号",
    "Household number",
    "家庭号",
    "家庭ID",
    "户号",
    "household_id",
    "household",
    "family_id",
  ),
  code("channel", "注册渠道", "Channel", "入会渠道", "来源渠道"),
  code("store", "归属门店", "Store", "门店", "开卡门店"),
];
const cells = cellsFor(targets);

function childrenOf(read: Cells, row: Row) {
  const first = {
    bornOn: read.date(row, "bornOn"),
    dueOn: read.date(row, "dueOn"),
    gender: read.raw(row, "childGender"),
    name: read.name(row, "childName"),
  };
  const second = {
    bornOn: read.date(row, "bornOn2"),
    dueOn: read.date(row, "dueOn2"),
    gender: read.raw(row, "childGender2"),
    name: read.name(row, "childName2"),
  };
  return [first, second].filter(({ bornOn, dueOn }) => bornOn !== undefined || dueOn !== undefined);
}

function consentsOf(read: Cells, row: Row) {
  const all = [
    { purpose: "marketing", agrees: read.word(row, "consent") },
    { purpose: "child", agrees: read.word(row, "childConsent") },
  ] as const;
  const said = all.flatMap(({ purpose, agrees }) =>
    agrees === undefined
      ? []
      : [{ purpose, state: agrees === "yes" ? ("granted" as const) : ("withdrawn" as const) }],
  );
  return said.length === 0 ? undefined : said;
}

function identifiersOf(read: Cells, row: Row) {
  const phone = read.phone(row, "phone");
  const mail = read.email(row, "email");
  const plain = (namespace: string, id: string) =>
    read.raw(row, id) === "" ? [] : [{ namespace, value: read.raw(row, id) }];
  return [
    ...(phone === undefined || phone.includes("*") ? [] : [{ namespace: "phone", value: phone }]),
    ...(mail === undefined ? [] : [{ namespace: "email", value: mail }]),
    ...plain("unionid", "unionid"),
    ...plain("openid:wechat", "openid"),
  ];
}

/** A number is one household's within the system that gave it. */
function householdOf(read: Cells, row: Row): string | undefined {
  const number = read.raw(row, "household");
  return number === "" ? undefined : `${read.raw(row, "programme")} ${number}`.trim();
}

const members: RecordKind = {
  id: "members",
  label: { zh: "会员", en: "Members" },
  record: "member",
  targets,
  together: null,
  repeats: false,
  personsAs: "members",
  read([row = {}], context) {
    const read = cells(context);
    const identifiers = identifiersOf(read, row);
    const number = read.raw(row, "member");
    if (number === "" && identifiers.length === 0) return { refused: "no-identifier" };
    const programme = read.raw(row, "programme");
    const text = (id: string) => read.raw(row, id) || undefined;
    const stated = kinds.member.state(
      {
        ...{ member: number, programme, identifiers },
        joinedAt: read.instant(row, "joinedAt"),
        changedAt: read.instant(row, "changedAt"),
        tier: read.text(row, "tier"),
        points: plainNumber(row["points"]),
        traits: {
          name: read.name(row, "name"),
          gender: read.word(row, "gender"),
          ...{ province: text("province"), city: text("city"), district: text("district") },
          ...{ address: text("address"), ...read.divisions(row) },
          household: householdOf(read, row),
          ...{ store: text("store"), channel: text("channel"), idNumber: read.idNumber(row, "idNumber") },
        },
        children: childrenOf(read, row),
        consents: consentsOf(read, row),
      },
      {
        ...context,
        marks: [...read.marks],
        ...(number === "" ? { key: `${programme} ${identifiers[0]?.value ?? ""}`.trim() } : {}),
      },
    );
    return isRefusedRecord(stated) ? refusalOf(stated) : stated;
  },
};

export const crmMembers: Preset = {
  id: "crm-members",
  name: { zh: "CRM 会员", en: "CRM members" },
  description: {
    zh: "会员系统导出的会员：会员号或手机号认人，宝宝生日、预产期、等级、积分、营销授权。",
    en: "Members as a CRM exports them: known by number or phone; children's dates, tier, points, consent.",
  },
  platform: "crm",
  kinds: [members],
};
