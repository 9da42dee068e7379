import { createSecretKey } from "node:crypto";
import { type CipherId, ciphers } from "./ciphers.ts";

/** One of a workspace's data keys. A new version takes over when it is rotated; older ones open what they sealed. */
export interface DataKey {
  readonly version: number;
  readonly cipher: CipherId;
  readonly key: Buffer;
  /** The one to seal with. */
  readonly isActive: boolean;
}

export interface Sealer {
  seal(plain: Buffer | string): Buffer;
  /** The same of many texts, for a fraction of the price each. */
  sealMany(plains: readonly string[]): Buffer[];
  /** Throws when no key of these opens it, or a byte was changed. */
  open(sealed: Buffer): Buffer;
  /** Whether the active key sealed it. */
  isCurrent(sealed: Buffer): boolean;
}

/** "SK" and the version come before what a later key sealed, and are bound to it. Version 1 writes nothing before. */
const headBytes = 4;
const magic = 0x534b;
const firstVersion = 1;

export const headOf = (version: number): Buffer => {
  const head = Buffer.alloc(version === firstVersion ? 0 : headBytes);
  if (version !== firstVersion) {
    head.writeUInt16BE(magic, 0);
    head.writeUInt16BE(version, 2);
  }
  return head;
};

/** Seals with the active key and opens with whichever sealed. */
export function createSealer(keys: readonly DataKey[]): Sealer {
  const held = keys.map(({ version, cipher, key, isActive }) => ({
    ...{ version, isActive, cipher: ciphers[cipher], key: createSecretKey(key), head: headOf(version) },
  }));
  const active = held.find(({ isActive }) => isActive);
  if (active === undefined) throw new Error("a workspace has one active data key");
  const first = held.find(({ version }) => version === firstVersion);
  const later = new Map(held.filter((one) => one !== first).map((one) => [one.version, one]));
  const { cipher, key, head } = active;
  const sealNow =
    head.length === 0
      ? (plain: Buffer | string) => cipher.seal(key, plain)
      : (plain: Buffer | string) => Buffer.concat([head, cipher.seal(key, plain, head)]);

  const sealMany =
    head.length === 0
      ? (plains: readonly string[]) => cipher.sealMany(key, plains)
      : (plains: readonly string[]) =>
          cipher.sealMany(key, plains, head).map((sealed) => Buffer.concat([head, sealed]));

  function openLater(sealed: Buffer): Buffer | null {
    if (later.size === 0 || sealed.length < headBytes || sealed.readUInt16BE(0) !== magic) return null;
    const named = later.get(sealed.readUInt16BE(2));
    if (named === undefined) return null;
    try {
      return named.cipher.open(named.key, sealed.subarray(headBytes), named.head);
    } catch (error) {
      // A nonce of the first key's may begin like a head, once in four thousand million values.
      if (first === undefined) throw error;
      return null;
    }
  }

  return {
    seal: sealNow,
    sealMany,
    isCurrent: (sealed) =>
      head.length === 0 ? openLater(sealed) === null : sealed.subarray(0, headBytes).equals(head),
    open(sealed) {
      const opened = openLater(sealed);
      if (opened !== null) return opened;
      if (first === undefined) throw new Error("sealed with a data key that is not held any more");
      return first.cipher.open(first.key, sealed);
    },
  };
}
