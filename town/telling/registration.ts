import type { Child } from "../births.ts";
import { type Day, dateOf, instantOf, shanghaiDayOf } from "../calendar.ts";
import { exponential, whole, yes } from "../chance.ts";
import type { StatedChild, Traits } from "../message.ts";
import type { Account, Person } from "../people.ts";
import { maskedPhone } from "../phones.ts";
import { shops } from "../shops.ts";
import { meetsVisitors, type Told, tell } from "./told.ts";

/** A pregnancy is known to the mother from about the sixth week, and told from about the tenth. */
const toldBeforeDue = 210;

function state(told: Told, account: Account, child: Child, day: Day): StatedChild | null {
  if (day < child.dueOn - toldBeforeDue && day < child.bornOn) return null;
  const born = day >= child.bornOn;
  const stated = told.stated.get(account) ?? new Map();
  told.stated.set(account, stated);
  stated.set(child.key, born ? "birthday" : "dueDate");
  if (!born) return { key: child.key, dueDate: dateOf(child.dueOn) };
  return {
    key: child.key,
    birthday: dateOf(child.bornOn),
    ...(yes(told.chance, 0.7) ? { gender: child.sex } : {}),
    ...(yes(told.chance, 0.4) ? { name: child.name } : {}),
  };
}

/** The children she states when she registers: usually the one she came for, now and then all. */
function statedAtStart(told: Told, account: Account, day: Day): StatedChild[] {
  if (!yes(told.chance, shops[account.shop].statesChild)) return [];
  const all = yes(told.chance, 0.45);
  const recent = told.household.children.filter(
    (child) => day - child.bornOn < 2000 && day >= child.dueOn - toldBeforeDue,
  );
  const youngest = recent[recent.length - 1];
  const chosen = all || !youngest ? recent : recent.filter((child) => child.bornOn === youngest.bornOn);
  return chosen.flatMap((child) => state(told, account, child, day) ?? []);
}

/** What most marketplaces show instead of a name. */
function nicknameOf({ household }: Told, { role, name }: Person): string {
  const child = household.children[0]!.name;
  return role === "mother" ? `${child}妈妈` : role === "father" ? `${child}爸爸` : `${name[0]}阿姨`;
}

function traitsOf(told: Told, account: Account, at: number): Traits {
  const { person, shows, email } = account;
  const { province, city, district, street } = told.household.address;
  const children = statedAtStart(told, account, shanghaiDayOf(at));
  return {
    ...(shows === "whole" ? { name: person.name } : { nickname: nicknameOf(told, person) }),
    ...(shows === "whole"
      ? { phone: account.phone }
      : shows === "masked"
        ? { phone: maskedPhone(account.phone) }
        : {}),
    ...(email === undefined ? {} : { email }),
    ...(account.shop === "pos"
      ? {}
      : { address: { province, city, district, street: shows === "whole" ? street : "***" } }),
    ...(children.length > 0 ? { children } : {}),
    marketingConsent: yes(told.chance, shops[account.shop].consents),
    memberSince: dateOf(shanghaiDayOf(at)),
  };
}

/** Some change their minds about being written to, months later. */
function withdraw(told: Told, account: Account, at: number): void {
  const months = exponential(told.chance, 30 * 12);
  const chosen = yes(told.chance, 0.85);
  const later = at + months * 30 * 86_400_000;
  if (chosen) tell(told, account, later, "member", { type: "identify", traits: { marketingConsent: false } });
}

/** The first sign-in of an account: who it is, as far as this shop is told. Later calls say nothing. */
export function register(told: Told, account: Account, at: number): void {
  if (told.registeredAt.has(account) || at >= told.endAt) return;
  told.registeredAt.set(account, at);
  const joins = meetsVisitors(account);
  if (joins && yes(told.chance, 0.2))
    tell(told, account, at, "member", { type: "alias", previousId: account.anonymousId });
  const traits = traitsOf(told, account, at);
  tell(told, account, at + 400, joins ? "both" : "member", { type: "identify", traits });
  if (traits.marketingConsent) withdraw(told, account, at);
}

/** After a birth many tell the birthday where they had told a due date; and some tell of the next pregnancy. */
export function tellOfBirths(told: Told): void {
  const { chance, household } = told;
  for (const [account, at] of [...told.registeredAt]) {
    for (const child of household.children) {
      const before = told.stated.get(account)?.get(child.key);
      const since = shanghaiDayOf(at);
      if (before === "dueDate" && yes(chance, 0.62)) {
        announce(told, account, child, child.bornOn + whole(chance, 2, 70));
      } else if (
        before === undefined &&
        told.stated.has(account) &&
        child.dueOn - toldBeforeDue > since &&
        yes(chance, 0.45)
      ) {
        announce(told, account, child, child.dueOn - whole(chance, 20, 170));
        if (yes(chance, 0.62)) announce(told, account, child, child.bornOn + whole(chance, 2, 70));
      }
    }
  }
}

function announce(told: Told, account: Account, child: Child, day: Day): void {
  const at = instantOf(day, whole(told.chance, 9 * 3600, 22 * 3600));
  if (at >= told.endAt) return;
  const stated = state(told, account, child, day);
  if (stated) tell(told, account, at, "member", { type: "identify", traits: { children: [stated] } });
}
