import type { Child } from "../../births.ts";
import { dateOf, shanghaiDayOf, shopTimeOf, startOf } from "../../calendar.ts";
import { type Chance, chanceOf, pick, whole, yes } from "../../chance.ts";
import type { Person } from "../../people.ts";
import { maskedPhone } from "../../phones.ts";
import type { BrandFile, BrandRow, Cell, FamilySales } from "../brand-file.ts";

const levels = ["普通会员", "银卡会员", "金卡会员", "黑金会员"] as const;
const channels = ["微信小程序", "门店", "天猫入会", "抖音入会", "地推"] as const;
const dateForms = [
  (date: string) => date,
  (date: string) => date.replaceAll("-", "/"),
  (date: string) => date.replaceAll("-", ""),
];

const genders = { female: "女", male: "男" } as const;

/** Who joins: two in three of those who paid for anything, under one card for all shops. */
export function cardOf({ seed, household, orders }: FamilySales, { key }: Person): string | null {
  const chance = chanceOf(seed, household.index, "card", key);
  if (!yes(chance, 0.66) || !orders.some(({ buyer, paidAt }) => buyer.person === key && paidAt !== null))
    return null;
  return `VIP${whole(chance, 1e9, 9e9)}${household.index % 10}`;
}

function childCells(chance: Chance, child: Child | undefined, now: number, dirt: boolean): Cell[] {
  const told = yes(chance, 0.7);
  const form = dirt && yes(chance, 0.1) ? pick(chance, dateForms) : dateForms[0]!;
  if (!child || !told || child.dueOn - 210 > now) return ["", "", "", ""];
  const born = child.bornOn <= now;
  return [
    child.name,
    born ? form(dateOf(child.bornOn)) : "",
    born ? genders[child.sex] : "",
    born ? "" : form(dateOf(child.dueOn)),
  ];
}

function memberRow(of: FamilySales, person: Person): BrandRow | null {
  const { seed, household, orders, dirt, until } = of;
  const mine = orders.filter(({ buyer, paidAt }) => buyer.person === person.key && paidAt !== null);
  const card = cardOf(of, person);
  const first = mine[0];
  if (!first || card === null) return null;
  const chance = chanceOf(seed, household.index, "member", person.key);
  const joinedAt = Math.min(
    first.placedAt - 60_000,
    startOf(household.contactOn) + whole(chance, 0, 86_400) * 1000,
  );
  const spentFen = mine.reduce((sum, { amountFen, refundFen }) => sum + amountFen - refundFen, 0);
  const day = shanghaiDayOf(until);
  const [one, two] = [...household.children].reverse();
  const { province, city, district, street } = household.address;
  const masked = dirt && yes(chance, 0.05);
  const cells: Cell[] = [
    card,
    person.name,
    masked ? maskedPhone(person.phones[0]!) : person.phones[0]!,
    person.role === "father" ? "男" : "女",
    person.email ?? "",
    shopTimeOf(joinedAt),
    pick(chance, channels),
    levels[Math.min(3, Math.floor(spentFen / 150_000))]!,
    Math.floor(spentFen / 100),
    province,
    city,
    district,
    street,
    ...childCells(chance, one, day, dirt),
    ...childCells(chance, two, day, dirt),
    yes(chance, 0.83) ? "是" : "否",
  ];
  return { at: joinedAt, cells };
}

/** The members of the brand's own programme, as its CRM exports them, with up to two children each. */
export const members: BrandFile = {
  path: "crm/会员导出",
  format: "csv",
  encoding: "utf-8-bom",
  title: null,
  columns: [
    "会员卡号",
    "姓名",
    "手机号",
    "性别",
    "邮箱",
    "注册时间",
    "注册渠道",
    "会员等级",
    "积分余额",
    "省份",
    "城市",
    "区县",
    "详细地址",
    "宝宝昵称",
    "宝宝生日",
    "宝宝性别",
    "预产期",
    "二宝昵称",
    "二宝生日",
    "二宝性别",
    "二宝预产期",
    "是否同意营销",
  ],
  ofFamily: (of) => of.household.people.flatMap((person) => memberRow(of, person) ?? []),
};
