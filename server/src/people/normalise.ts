import type { Cleaned, RuleContext } from "../cleaning/rule.ts";
import { valueRules } from "../cleaning/rules.ts";
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
/** What nearly every phone arrives as: nothing has to be made plain first. */
const mainland = /^(?:\+?86)?1[3-9]\d{9}$/;

/** The one form under which an identifier is known, or why it cannot be one. */
export function normalise({ namespace, value }: Identifier): Normalised {
  if (namespace === "phone" && mainland.test(value)) return phone(namespace, value);
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

/** Identifiers are read alike everywhere; where and when they come from changes nothing. */
const anywhere: RuleContext = { zone: "UTC", now: 0 };

function phone(namespace: string, value: string): Normalised {
  return named(namespace, valueRules.phone.clean(value, anywhere), "not-a-phone");
}

function email(namespace: string, value: string): Normalised {
  return named(namespace, valueRules.email.clean(value, anywhere), "not-an-email");
}

function named(namespace: string, cleaned: Cleaned<string>, otherwise: Unusable): Normalised {
  if ("unreadable" in cleaned)
    return no(
      cleaned.unreadable === "placeholder" || cleaned.unreadable === "empty" ? "placeholder" : otherwise,
    );
  return cleaned.note === "masked" ? no("masked") : yes(namespace, cleaned.value);
}

const yes = (namespace: string, value: string): Normalised => ({
  ok: true,
  identifier: { namespace, value },
});
const no = (why: Unusable): Normalised => ({ ok: false, why });
