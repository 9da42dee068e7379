import { Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import { readDate } from "../cleaning/instants.ts";
import type { Mark } from "../cleaning/marks.ts";
import type { Identifier } from "../people/identity.ts";
import type { Said } from "./event.ts";
import { ownValue } from "./own-value.ts";

export type Fields = Readonly<Record<string, unknown>>;

const longestId = 500;
const namespaceForm = /^[a-z][a-z0-9_.-]{0,39}(:[A-Za-z0-9_.-]{1,60})?$/;
/** Namespaces that only Segment's own fields may fill. */
const ownFields = new Set(["user", "anonymous"]);

export const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

/** An id as text without what databases refuse (a NUL, half a surrogate pair); undefined when it is none. */
export function idText(value: unknown): string | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : undefined;
  if (typeof value !== "string") return undefined;
  const trimmed = value.trim();
  if (trimmed === "" || trimmed.length > longestId || trimmed.includes("\0") || !trimmed.isWellFormed())
    return undefined;
  return trimmed;
}

const wayIn = ["traits", "device", "externalIds"];
const nobody: readonly Identifier[] = [];

/** The identifiers that traits and context carry besides userId and anonymousId. */
export function identifiersIn(
  traits: Fields | undefined,
  context: Fields | undefined,
): readonly Identifier[] {
  // What most events come with: a context that says nothing of who it is.
  if (traits === undefined && context !== undefined && !wayIn.some((key) => context[key] !== undefined))
    return nobody;
  const found: Identifier[] = [];
  const add = (namespace: string, value: unknown): void => {
    const id = idText(value);
    if (id !== undefined && !found.some((one) => one.namespace === namespace && one.value === id))
      found.push({ namespace, value: id });
  };
  for (const from of [traits, fields(context?.["traits"])]) {
    add("phone", from?.["phone"] ?? from?.["mobile"]);
    add("email", from?.["email"]);
  }
  add("device", fields(context?.["device"])?.["id"]);
  const external = context?.["externalIds"];
  if (Array.isArray(external))
    for (const one of external.slice(0, 20)) {
      const { type, id } = fields(one) ?? {};
      if (typeof type === "string" && namespaceForm.test(type) && !ownFields.has(type)) add(type, id);
    }
  return found;
}

/** What traits say: children, consent, and the rest as traits. Identifiers are not said twice. */
export function saidBy(traits: Fields, zone: string, marks: Mark[]): Said[] {
  const {
    phone: _phone,
    mobile: _mobile,
    email: _email,
    children,
    dueDate,
    babyBirthday,
    marketingConsent,
    consents,
    ...rest
  } = traits;
  const said: Said[] = [];
  if (Array.isArray(children))
    for (const child of children.slice(0, 20)) said.push(...readChild(child, zone, marks));
  if (dueDate !== undefined && dueDate !== null) said.push(...readChild({ dueDate }, zone, marks));
  if (babyBirthday !== undefined && babyBirthday !== null)
    said.push(...readChild({ birthday: babyBirthday }, zone, marks));
  if (typeof marketingConsent === "boolean") said.push(consent("marketing", marketingConsent));
  said.push(...consentsOf(fields(consents)));
  if (Object.keys(rest).length > 0) said.push({ kind: "traits", traits: rest });
  return said;
}

/** Consent as consent managers send it with every event. */
export const consentIn = (context: Fields | undefined): Said[] =>
  consentsOf(fields(fields(context?.["consent"])?.["categoryPreferences"]));

/** A yes or a no to each purpose that can be asked for; categories of others' say nothing here. */
function consentsOf(given: Fields | undefined): Said[] {
  return Object.entries(given ?? {}).flatMap(([key, value]) => {
    const purpose = Purpose.safeParse(key);
    if (!purpose.success || typeof value !== "boolean") return [];
    return purposeFacts[purpose.data].basis === "contract" ? [] : [consent(purpose.data, value)];
  });
}

const consent = (purpose: Purpose, given: boolean): Said => ({
  ...{ kind: "consent", purpose, state: given ? "granted" : "withdrawn" },
});

const genders: Readonly<Record<string, "female" | "male" | "unknown">> = {
  f: "female",
  female: "female",
  girl: "female",
  女: "female",
  女宝: "female",
  m: "male",
  male: "male",
  boy: "male",
  男: "male",
  男宝: "male",
  unknown: "unknown",
  未知: "unknown",
};

/** A gender written in words; codes such as 0 and 1 mean different things to different shops and are left to a decision. */
export const genderOfWord = (value: string): "female" | "male" | "unknown" | undefined =>
  ownValue(genders, value.trim().toLowerCase());

function readChild(value: unknown, zone: string, marks: Mark[]): Said[] {
  const child = fields(value);
  if (child === undefined) return [];
  const birth = child["birthday"] ?? child["bornOn"] ?? child["birthDate"];
  const due = child["dueDate"] ?? child["dueOn"];
  const bornOn = birth === undefined || birth === null ? null : readDate(birth, zone);
  const dueOn = due === undefined || due === null ? null : readDate(due, zone);
  if (bornOn === null && dueOn === null) {
    marks.push("child-date-unreadable");
    return [];
  }
  const genderCode = idText(child["gender"]);
  return [
    {
      kind: "child",
      key: idText(child["key"] ?? child["id"]),
      bornOn: bornOn ?? undefined,
      dueOn: dueOn ?? undefined,
      gender: genderCode === undefined ? undefined : genderOfWord(genderCode),
      genderCode,
      name: idText(child["name"]),
      ...bornHow(child, zone),
    },
  ];
}

/** Weeks of the pregnancy at birth (32, or 32+4), and the day of an adoption; what makes no sense says nothing. */
function bornHow(child: Fields, zone: string): { gestationDays?: number; adoptedOn?: string } {
  const [, weeks, days = "0"] = /^(\d{2})(?:\+([0-6]))?$/.exec(idText(child["gestationWeeks"]) ?? "") ?? [];
  const gestationDays = Number(weeks) * 7 + Number(days);
  const adopted = child["adoptedOn"];
  const adoptedOn = adopted === undefined || adopted === null ? null : readDate(adopted, zone);
  return {
    ...(gestationDays >= 140 && gestationDays <= 308 ? { gestationDays } : {}),
    ...(adoptedOn === null ? {} : { adoptedOn }),
  };
}
