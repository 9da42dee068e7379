import { parsePhoneNumberFromString } from "libphonenumber-js";
import { type Identifier, kindOf } from "./identity.ts";

/** Why a value can name nobody. */
export type Unusable =
  | "empty"
  | "too-long"
  | "bad-namespace"
  | "placeholder"
  | "masked"
  | "not-a-phone"
  | "not-an-email";

export type Normalised =
  | { readonly ok: true; readonly identifier: Identifier }
  | { readonly ok: false; readonly why: Unusable };

const namespaceForm = /^[a-z][a-z0-9_.-]{0,31}(:[\p{L}\p{N}_.@/-]{1,64})?$/u;
const longest = 256;

/** What forms and systems write when they know nothing. Joining on one would make thousands of mothers one person. */
const placeholders = new Set([
  ..."null nil none nan undefined unknown n/a na anonymous anon guest visitor".split(" "),
  ..."true false object [object_object] 无 空 未知 匿名 游客 暂无 没有 保密 不详 未填写".split(" "),
]);
const zeros = /^[0\-_.\s:]+$/;
/** Two stars together: a value that a shop masked before exporting it (138****1234). Many people share it. */
const masked = /\*{2,}|[•●×＊]{2,}/;
const emailForm = /^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>".]{2,}$/;
const mainland = /^(?:\+?86)?(1[3-9]\d{9})$/;
/** Typed where a form insists on a number: 13800000000, 13888888888. Others are stopped by how many they may join. */
const typedPhone = /(\d)\1{7}$/;
const junkEmailNames = /^(?:noreply|no-reply|null|none|undefined|unknown|nobody)@/;

/** The one form under which an identifier is known, or why it cannot be one. */
export function normalise({ namespace, value }: Identifier): Normalised {
  const [kind = "", ...rest] = namespace.trim().split(":");
  const name = [kind.toLowerCase(), ...rest].join(":");
  if (!namespaceForm.test(name)) return no("bad-namespace");
  if (value.length > 1_000) return no("too-long");
  const text = value
    .replaceAll(/\p{Cc}/gu, "")
    .normalize("NFKC")
    .trim();
  if (text === "") return no("empty");
  if (text.length > longest) return no("too-long");
  if (masked.test(text)) return no("masked");
  if (zeros.test(text) || placeholders.has(text.toLowerCase().replaceAll(" ", "_"))) return no("placeholder");
  if (kindOf(name) === "phone") return phone(name, text);
  if (kindOf(name) === "email") return email(name, text);
  return yes(name, text);
}

function phone(namespace: string, text: string): Normalised {
  const bare = text.replaceAll(/[\s()-]/g, "");
  const national = mainland.exec(bare)?.[1];
  const number = national === undefined ? international(bare) : `+86${national}`;
  if (number === null) return no("not-a-phone");
  return typedPhone.test(number) ? no("placeholder") : yes(namespace, number);
}

function international(text: string): string | null {
  // A file opened in a spreadsheet shows 8613912345678.0 or 1.39E+10; the first is saved, the second is lost.
  const plain = text.replace(/\.0+$/, "");
  const parsed = parsePhoneNumberFromString(plain.startsWith("00") ? `+${plain.slice(2)}` : plain, "CN");
  return parsed?.isValid() === true ? parsed.number : null;
}

function email(namespace: string, text: string): Normalised {
  const address = text.toLowerCase();
  if (!emailForm.test(address)) return no("not-an-email");
  return junkEmailNames.test(address) ? no("placeholder") : yes(namespace, address);
}

const yes = (namespace: string, value: string): Normalised => ({
  ok: true,
  identifier: { namespace, value },
});
const no = (why: Unusable): Normalised => ({ ok: false, why });
