import { divisionsOf } from "../people/address.ts";
import { kindOf } from "../people/identity.ts";

/**
 * The one masking of personal data: every screen and every answer goes through here unless the value was asked for by
 * name and the look was logged. What stays is enough to recognise somebody one already knows, not to reach them.
 */
export function maskIdentifier(namespace: string, value: string): string {
  const kind = kindOf(namespace);
  if (kind === "phone") return maskPhone(value);
  if (kind === "email") return maskEmail(value);
  return maskMiddle(value, 2);
}

/** +8613812341234 → 138****1234; a foreign number keeps its country code and the last two digits. */
function maskPhone(phone: string): string {
  const mainland = /^(?:\+86)?(1\d{2})\d{4}(\d{4})$/.exec(phone);
  if (mainland !== null) return `${mainland[1]}****${mainland[2]}`;
  return phone.length < 7 ? "****" : `${phone.slice(0, 3)}****${phone.slice(-2)}`;
}

function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  return at < 1 ? "***" : `${firstOf(email)}***${email.slice(at)}`;
}

/** 王小明 → 王**, Mary Smith → M**. */
export function maskName(name: string): string {
  const text = name.trim();
  return text === "" ? "" : `${firstOf(text)}**`;
}

/** A whole address keeps its province, city and district; without any it shows nothing. */
export function maskAddress(address: unknown): string {
  const { province, city, district } = divisionsOf(address);
  const known = [province, city, district].filter((part) => part !== undefined && part !== "");
  return known.length === 0 ? "****" : `${known.join("")}****`;
}

/** A trait that identifies, by its key. */
export function maskTrait(key: string, value: unknown): string {
  const plain = key.toLowerCase().replaceAll(/[\s_.-]/g, "");
  if (/address|地址/.test(plain)) return maskAddress(value);
  if (typeof value === "object" && value !== null) return "****";
  const text = String(value);
  if (/name|姓名|昵称|收货人/.test(plain)) return maskName(text);
  if (/phone|mobile|tel|手机|电话/.test(plain)) return maskPhone(text);
  if (/mail|邮箱/.test(plain)) return maskEmail(text);
  return maskMiddle(text, text.length >= 12 ? 2 : 0);
}

function maskMiddle(text: string, shown: number): string {
  const letters = [...text];
  if (shown === 0 || letters.length <= shown * 2) return "****";
  return `${letters.slice(0, shown).join("")}****${letters.slice(-shown).join("")}`;
}

const firstOf = (text: string): string => [...text][0] ?? "";
