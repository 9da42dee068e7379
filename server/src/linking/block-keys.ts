import { between, part } from "@stork/models/linking/column.ts";

/**
 * Blocking: two records are compared only where they share a key of one rule. Each rule allows another mistake; a pair
 * of one person misses all of them only when nearly everything differs.
 */
export const blockingRules = [
  "phone",
  "email",
  "name-birthday",
  "name-child",
  "address",
  "masked-phone",
  "name-district",
  "phone-start",
  "phone-end",
  "child-district",
  "surname-birthday",
  "surname-district",
] as const;

/** The keys of one record, rule by rule, from its prepared fields (in the order of `comparisons`). */
export function blockKeys(prepared: readonly string[]): readonly (readonly string[])[] {
  const [names, phones, emails, addresses, birthdays, children] = prepared.map((each) =>
    each === "" ? [] : each.split(between),
  ) as [string[], string[], string[], string[], string[], string[]];
  const sounds = names.map((name) => name.split(part)[1] ?? "").filter((sound) => sound.length > 3);
  const first = names.map((name) => name[0] ?? "").filter((head) => head !== part && head !== "");
  const days = birthdays.map((day) => day.slice(0, 8));
  const births = children.map((day) => day.slice(0, 8));
  const full = phones.filter((phone) => !phone.includes("*") && phone.length >= 7);
  const whole = addresses.filter((address) => address.length > 12);
  const districts = addresses
    .map((address) => address.split(part)[0] ?? "")
    .filter((code) => code.length >= 6);
  return [
    full,
    emails.map((email) => email.split(part)[0] ?? "").filter((name) => name.length > 4),
    joined(sounds, days),
    joined(sounds, births),
    whole,
    phones.filter((phone) => phone.length === 11).map((phone) => phone.slice(0, 3) + phone.slice(7)),
    joined(
      sounds.filter((sound) => sound.length > 5),
      districts,
    ),
    joined(
      full.map((phone) => phone.slice(0, 7)),
      first,
    ),
    joined(
      full.map((phone) => phone.slice(-7)),
      first,
    ),
    joined(births, districts),
    joined(first, days),
    joined(first, districts),
  ];
}

const joined = (left: readonly string[], right: readonly string[]): string[] =>
  left.flatMap((one) => right.map((other) => `${one}${part}${other}`));
