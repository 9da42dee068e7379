import { randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { open, seal } from "../platform/crypto.ts";

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** RFC 7914; about 0.1 s and 64 MB a try. */
const cost = { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 };
const saltBytes = 16;

/** The master key under a passphrase: salt | sealed key. */
export async function sealKey(master: Buffer, passphrase: string): Promise<Buffer> {
  const salt = randomBytes(saltBytes);
  return Buffer.concat([salt, seal(await derive(passphrase, salt, 32, cost), master)]);
}

/** null when the passphrase is another. */
export async function openKey(sealed: Buffer, passphrase: string): Promise<Buffer | null> {
  const key = await derive(passphrase, sealed.subarray(0, saltBytes), 32, cost);
  try {
    return open(key, sealed.subarray(saltBytes));
  } catch {
    return null;
  }
}
