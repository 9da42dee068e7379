import { z } from "zod";
import { Instant } from "./common.ts";

/** AES-256-GCM, or SM4-GCM (GB/T 32907-2016, RFC 8998) for those who are to use the national algorithms. */
export const CipherName = z.enum(["aes-256-gcm", "sm4-gcm"]);
export type CipherName = z.infer<typeof CipherName>;

/**
 * coming: every server hears of it first. active: seals. old: opens what it sealed, which is being sealed again.
 * retired: nothing is sealed with it any more. destroyed: the key itself is gone.
 */
export const KeyState = z.enum(["coming", "active", "old", "retired", "destroyed"]);
export type KeyState = z.infer<typeof KeyState>;

export const KeyVersion = z.object({
  version: z.number(),
  cipher: CipherName,
  state: KeyState,
  madeBy: z.string(),
  madeAt: Instant,
  activeAt: Instant,
  retiredAt: Instant.nullable(),
  destroyedFrom: Instant.nullable(),
});
export type KeyVersion = z.infer<typeof KeyVersion>;

export const DataKeys = z.object({
  versions: z.array(KeyVersion),
  /** HMAC for look-ups; chosen when the workspace was made. */
  digest: z.enum(["sha256", "sm3"]),
  /** While values are being sealed again: how many were, since the rotation began. */
  resealing: z.object({ resealed: z.number() }).nullable(),
});
export type DataKeys = z.infer<typeof DataKeys>;

export const Rotate = z.object({ cipher: CipherName.optional() });
