import { divisionsOf } from "./address.ts";
import { identifyingKey, looksPersonal } from "./personal.ts";

export interface SplitTraits {
  /** What identifies, for the vault: the value as JSON. */
  readonly sealed: readonly { key: string; json: string }[];
  /** What does not, for segments: the text of a scalar, JSON for anything else. */
  readonly plain: readonly { key: string; text: string }[];
}

const longestKey = 100;

/** Tells what identifies from what describes. Of an address the district, which thousands share, stays readable. */
export function splitTraits(traits: Readonly<Record<string, unknown>>): SplitTraits {
  const sealed: { key: string; json: string }[] = [];
  const plain = new Map<string, string>();
  for (const [written, value] of Object.entries(traits)) {
    if (value === null || value === undefined || value === "") continue;
    const { key, personal, isAddress } = judged(written);
    if (key === "" || key.length > longestKey) continue;
    if (!personal && !looksPersonal(value)) {
      plain.set(key, textOf(value));
      continue;
    }
    sealed.push({ key, json: JSON.stringify(value) });
    if (isAddress) {
      for (const [division, name] of Object.entries(divisionsOf(value))) {
        if (typeof name === "string" && !plain.has(division)) plain.set(division, name);
      }
    }
  }
  return { sealed, plain: [...plain].map(([key, text]) => ({ key, text })) };
}

/** What a trait's key says of its values. */
interface Judgment {
  readonly key: string;
  readonly personal: boolean;
  readonly isAddress: boolean;
  readonly isName: boolean;
}

/** A file says the same few keys a million times. */
const judgments = new Map<string, Judgment>();
const mostJudgments = 1_000;

function judged(written: string): Judgment {
  const known = judgments.get(written);
  if (known !== undefined) return known;
  const key = keepable(written);
  const plain = plainKey(key);
  const judgment = {
    key,
    personal: identifyingKey(key) || looksPersonal(key),
    isAddress: /address|地址/.test(plain) && !/mail|ip/.test(plain),
    isName: names.test(plain),
  };
  if (judgments.size >= mostJudgments) judgments.clear();
  if (written.length <= longestKey) judgments.set(written, judgment);
  return judgment;
}

const names = /^(name|fullname|realname|truename|receiver|receivername|consignee|姓名|收货人)$/;

/** A name as it is looked up: without spaces and case. null for what is no name's key. */
export function nameOf(key: string, json: string): string | null {
  if (!judged(key).isName) return null;
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? foldedName(value) : null;
}

export const foldedName = (name: string): string =>
  name.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();

/** Without what the engines refuse in a text: a NUL, half a surrogate pair. */
const keepable = (text: string): string => text.replaceAll("\0", "").toWellFormed();

const plainKey = (key: string): string => key.toLowerCase().replaceAll(/[\s_.-]/g, "");
const textOf = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value).toWellFormed();
