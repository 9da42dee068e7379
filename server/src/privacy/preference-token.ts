import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link to somebody's preference page carries: whose, until when, and proof that we wrote it for this page alone. */
export interface PreferenceToken {
  readonly workspace: number;
  /** A node of hers, so that it still finds her when persons have joined. */
  readonly node: number;
  readonly until: Date;
}

/** Of a link in a message, and of one that staff pass on. */
export const messageLinkDays = 180;
export const staffLinkDays = 7;

const bodyBytes = 4 + 6 + 4;
const macBytes = 16;

/** 40 characters that survive a URL; nothing in them names anybody. */
export function writePreferenceToken(key: Buffer, { workspace, node, until }: PreferenceToken): string {
  const body = Buffer.alloc(bodyBytes);
  body.writeUInt32BE(workspace, 0);
  body.writeUIntBE(node, 4, 6);
  body.writeUInt32BE(Math.floor(until.getTime() / 1000), 10);
  return Buffer.concat([body, mac(key, body)]).toString("base64url");
}

/** The claim of a token, to find out whose key must prove it; null when it cannot be one. */
export function preferenceClaim(text: string): PreferenceToken | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes || bytes.toString("base64url") !== text) return null;
  const [workspace, node, until] = [bytes.readUInt32BE(0), bytes.readUIntBE(4, 6), bytes.readUInt32BE(10)];
  return { workspace, node, until: new Date(until * 1000) };
}

export function isGenuinePreference(key: Buffer, text: string): boolean {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyBytes + macBytes) return false;
  return timingSafeEqual(mac(key, bytes.subarray(0, bodyBytes)), bytes.subarray(bodyBytes));
}

/** Bound to the page: no other link's proof opens it, and its proof opens nothing else. */
const mac = (key: Buffer, body: Buffer): Buffer =>
  createHmac("sha256", key).update("preference-page:").update(body).digest().subarray(0, macBytes);
