import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link in a message carries: which message, which of its links, and proof that we wrote it. No personal data. */
export interface LinkToken {
  kind: "click" | "unsubscribe";
  message: number;
  /** The place of the address in the campaign's list of links; 0 for unsubscribing. */
  link: number;
}

const idBytes = 6;
const bodyBytes = idBytes + 1;
const macBytes = 10;

/** 23 characters that survive a URL. */
export function writeToken(key: Buffer, token: LinkToken): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeUIntBE(token.message, 0, idBytes);
  body.writeUInt8(token.link, idBytes);
  return Buffer.concat([body, mac(key, token.kind, body)]).toString("base64url");
}

/** The claim of a token, to find out whose key must prove it; null when it cannot be one. */
export function claimOf(kind: LinkToken["kind"], text: string): LinkToken | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes || bytes.toString("base64url") !== text) return null;
  return { kind, message: bytes.readUIntBE(0, idBytes), link: bytes.readUInt8(idBytes) };
}

export function isGenuine(key: Buffer, kind: LinkToken["kind"], text: string): boolean {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes) return false;
  return timingSafeEqual(mac(key, kind, bytes.subarray(0, bodyBytes)), bytes.subarray(bodyBytes));
}

const mac = (key: Buffer, kind: string, body: Buffer): Buffer =>
  createHmac("sha256", key).update(`message-link:${kind}:`).update(body).digest().subarray(0, macBytes);
