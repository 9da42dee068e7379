import { aes256Gcm } from "./ciphers/aes-256-gcm.ts";
import type { Cipher } from "./ciphers/cipher.ts";
import { sm4Gcm } from "./ciphers/sm4-gcm.ts";

export const ciphers = {
  "aes-256-gcm": aes256Gcm,
  "sm4-gcm": sm4Gcm,
} satisfies Record<string, Cipher>;

export type CipherId = keyof typeof ciphers;
