import { type Digest, type Key, keyedHash, keyedHasher, preparedKey } from "../platform/crypto.ts";
import { createSealer, type Sealer } from "../platform/data-keys.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";

/** The one place where values that identify are sealed, opened and turned into look-up hashes. */
export interface Vault {
  /** Fetches a workspace's keys, or looks whether they are still the ones; afterwards the other calls answer at once. */
  ready(workspace: number): Promise<void>;
  seal(workspace: number, text: string): Buffer;
  /** The same of many at once: a tenth of the price each. */
  sealMany(workspace: number, texts: readonly string[]): Buffer[];
  open(workspace: number, sealed: Buffer): string;
  /** The same for bytes that are no text: a piece of a file. */
  sealBytes(workspace: number, bytes: Buffer): Buffer;
  openBytes(workspace: number, sealed: Buffer): Buffer;
  /** Whether it was sealed with the key that seals now. */
  isCurrent(workspace: number, sealed: Buffer): boolean;
  /** The look-up form of a normalised value: equal values meet, nothing else can be learned without the key. */
  hash(workspace: number, namespace: string, value: string): Buffer;
  /** The same in hexadecimal, faster: for many values at once. */
  hashHex(workspace: number, namespace: string, value: string): string;
}

interface Ready {
  from: WorkspaceKeys;
  sealer: Sealer;
  hash: Key;
  hashKey: Buffer;
  digest: Digest;
  /** Of the namespaces hashed so far. */
  hashers: Map<string, (value: string) => string>;
}

const mostHashers = 1_000;

export function createVault(keysOf: (workspace: number) => Promise<WorkspaceKeys>): Vault {
  const ready = new Map<number, Ready>();
  const keys = (workspace: number) => {
    const found = ready.get(workspace);
    if (found === undefined) throw new Error("vault.ready(workspace) comes first");
    return found;
  };
  return {
    async ready(workspace) {
      const from = await keysOf(workspace);
      if (ready.get(workspace)?.from === from) return;
      const { dataKeys, hash, digest } = from;
      const hashing = { hash: preparedKey(hash), hashKey: hash, digest, hashers: new Map() };
      ready.set(workspace, { from, sealer: createSealer(dataKeys), ...hashing });
    },
    seal: (workspace, text) => keys(workspace).sealer.seal(text),
    sealMany: (workspace, texts) => keys(workspace).sealer.sealMany(texts),
    open: (workspace, sealed) => keys(workspace).sealer.open(sealed).toString("utf8"),
    sealBytes: (workspace, bytes) => keys(workspace).sealer.seal(bytes),
    openBytes: (workspace, sealed) => keys(workspace).sealer.open(sealed),
    isCurrent: (workspace, sealed) => keys(workspace).sealer.isCurrent(sealed),
    hash(workspace, namespace, value) {
      const { hash, digest } = keys(workspace);
      return keyedHash(hash, `${namespace}\n${value}`, digest);
    },
    hashHex(workspace, namespace, value) {
      const { hashKey, digest, hashers } = keys(workspace);
      let hasher = hashers.get(namespace);
      if (hasher === undefined) {
        hasher = keyedHasher(hashKey, digest, `${namespace}\n`);
        // Names of namespaces come from outside: no more than this many are kept.
        if (hashers.size < mostHashers) hashers.set(namespace, hasher);
      }
      return hasher(value);
    },
  };
}
