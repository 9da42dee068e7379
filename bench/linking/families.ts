import type { Told } from "../../server/src/linking/told.ts";
import { type Chance, chanceOf, pick, spin, wheelOf, whole, yes } from "../../town/chance.ts";
import { type Address, addressOf } from "../../town/divisions.ts";
import { givenNameOf, surnameOf } from "../../town/names.ts";
import { formerPhoneOf, maskedPhone, phoneOf } from "../../town/phones.ts";

/** A record as some shop, form or counter has it, and who it really is of. */
export interface DirtyRecord {
  told: Told;
  person: number;
}

interface Carer {
  name: string;
  phone: string;
  formerPhone: string;
  email: string;
  birthday: string;
}

/** How many records a person left: most one or two, few a handful. */
const howMany = wheelOf(
  [1, 2, 3, 4, 6],
  (n) => ({ 1: 45, 2: 25, 3: 15, 4: 10, 6: 5 })[n as 1 | 2 | 3 | 4 | 6],
);
const estates = [
  "阳光花园",
  "翠湖天地",
  "金色家园",
  "锦绣江南",
  "万科城",
  "绿地新都会",
  "保利香槟",
  "龙湖春江",
  "碧桂园",
  "幸福里",
];
const roads = [
  "文一",
  "人民",
  "中山",
  "建设",
  "解放",
  "和平",
  "长江",
  "黄河",
  "学院",
  "体育",
  "滨河",
  "新华",
  "朝阳",
  "迎宾",
  "工业",
];
const hosts = ["qq.com", "163.com", "126.com", "gmail.com", "sina.com", "foxmail.com"];
const letters = "abcdefghijklmnopqrstuvwxyz";

/** The records of a family: a mother, in one of four a father or grandmother too, one home, one or two children. */
export function recordsOfFamily(seed: number, family: number): DirtyRecord[] {
  const chance = chanceOf(seed, family, "linking");
  const home = houseOf(chance, addressOf(chance));
  const moved = yes(chance, 0.1) ? houseOf(chance, addressOf(chance)) : home;
  const children = Array.from({ length: yes(chance, 0.2) ? 2 : 1 }, () => dayBetween(chance, 2021, 2026));
  const carers = yes(chance, 0.25) ? 2 : 1;
  const records: DirtyRecord[] = [];
  for (let slot = 0; slot < carers; slot++) {
    const carer = carerOf(chance, seed, family, slot);
    const count = spin(chance, howMany);
    for (let i = 0; i < count; i++) {
      const told = tell(chance, carer, yes(chance, 0.5) ? home : moved, children);
      records.push({ told, person: family * 2 + slot });
    }
  }
  return records;
}

function carerOf(chance: Chance, seed: number, family: number, slot: number): Carer {
  const role = slot === 0 ? "mother" : pick(chance, ["father", "grandmother"] as const);
  const letter = () => letters[whole(chance, 0, 25)];
  return {
    name: surnameOf(chance) + givenNameOf(chance, role),
    phone: phoneOf(seed, family, slot),
    formerPhone: formerPhoneOf(seed, family, slot),
    email: `${Array.from({ length: 6 }, letter).join("")}${whole(chance, 1, 999)}@${pick(chance, hosts)}`,
    birthday: dayBetween(chance, role === "grandmother" ? 1955 : 1985, role === "grandmother" ? 1970 : 2000),
  };
}

function houseOf(chance: Chance, address: Address) {
  const road = `${pick(chance, roads)}${pick(chance, ["路", "大道", "街"])}${whole(chance, 1, 999)}号`;
  const doors = [whole(chance, 1, 40), whole(chance, 1, 4), whole(chance, 101, 3203)] as const;
  return { address, road, estate: pick(chance, estates), doors };
}

function dayBetween(chance: Chance, from: number, to: number): string {
  const digits = (value: number) => String(value).padStart(2, "0");
  return `${whole(chance, from, to)}-${digits(whole(chance, 1, 12))}-${digits(whole(chance, 1, 28))}`;
}

/** What one record holds of it, with the mistakes and gaps of forms filled in on a phone. */
function tell(chance: Chance, carer: Carer, home: ReturnType<typeof houseOf>, children: string[]): Told {
  const some = (probability: number, value: () => string): string[] =>
    yes(chance, probability) ? [value()] : [];
  return {
    names: some(0.9, () => writtenName(chance, carer.name)),
    phones: some(0.75, () => writtenPhone(chance, yes(chance, 0.06) ? carer.formerPhone : carer.phone)),
    emails: some(0.2, () => carer.email),
    addresses: some(0.75, () => writtenAddress(chance, home)),
    birthdays: some(0.35, () => writtenDay(chance, carer.birthday)),
    childBirthdays: some(0.45, () => writtenDay(chance, pick(chance, children))),
  };
}

function writtenName(chance: Chance, name: string): string {
  const luck = chance();
  if (luck < 0.08) return `${name[0]}**`;
  if (luck < 0.11) return `${name[0]}女士`;
  if (luck < 0.13) return name.slice(0, -1) + pick(chance, [..."婷静敏芳涵轩"]);
  if (luck < 0.14) return name.slice(1) + name[0];
  return name;
}

function writtenPhone(chance: Chance, phone: string): string {
  const luck = chance();
  if (luck < 0.3) return maskedPhone(phone);
  if (luck < 0.31) {
    const at = whole(chance, 3, 10);
    return phone.slice(0, at) + whole(chance, 0, 9) + phone.slice(at + 1);
  }
  if (luck < 0.32) {
    const at = whole(chance, 3, 9);
    return phone.slice(0, at) + phone[at + 1] + phone[at] + phone.slice(at + 2);
  }
  return luck < 0.4 ? `+86 ${phone}` : phone;
}

function writtenAddress(
  chance: Chance,
  { address, road, estate, doors }: ReturnType<typeof houseOf>,
): string {
  const [building, unit, door] = doors;
  const luck = chance();
  const place = address.province + (address.city === address.province ? "" : address.city) + address.district;
  if (luck < 0.5) return `${place}${road}${estate}${building}幢${unit}单元${door}室`;
  if (luck < 0.7) return `${place}${address.street}${road}${estate}${building}-${unit}-${door}`;
  if (luck < 0.85) return `${place} ${estate}${building}号楼${unit}单元${door}`;
  return `${place}${road}${estate}`;
}

function writtenDay(chance: Chance, day: string): string {
  const luck = chance();
  const [year, month = "", date = ""] = day.split("-");
  if (luck < 0.02) return `${year}-${date}-${month}`;
  if (luck < 0.05) return `${year}-${month}-${String(Math.min(28, Number(date) + 1)).padStart(2, "0")}`;
  if (luck < 0.4) return `${year}年${Number(month)}月${Number(date)}日`;
  return day;
}
