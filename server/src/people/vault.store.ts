import { type Key, keyedHash, keyedHasher, open, preparedKey, seal } from "../platform/crypto.ts";

export interface WorkspaceKeys {
  readonly data: Buffer;
  readonly hash: Buffer;
}

/** The one place where values that identify are sealed, opened and turned into look-up hashes. */
export interface Vault {
  /** Fetches a workspace's keys; afterwards the other calls answer at once. */
  ready(workspace: number): Promise<void>;
  seal(workspace: number, text: string): Buffer;
  open(workspace: number, sealed: Buffer): string;
  /** The same for bytes that are no text: a piece of a file. */
  sealBytes(workspace: number, bytes: Buffer): Buffer;
  openBytes(workspace: number, sealed: Buffer): Buffer;
  /** The look-up form of a normalised value: equal values meet, nothing else can be learned without the key. */
  hash(workspace: number, namespace: string, value: string): Buffer;
  /** The same in hexadecimal, faster: for many values at once. */
  hashHex(workspace: number, namespace: string, value: string): string;
}

export function createVault(keysOf: (workspace: number) => Promise<WorkspaceKeys>): Vault {
  const ready = new Map<number, { data: Key; hash: Key; hashHex: (text: string) => string }>();
  const keys = (workspace: number) => {
    const found = ready.get(workspace);
    if (found === undefined) throw new Error("vault.ready(workspace) comes first");
    return found;
  };
  return {
    async ready(workspace) {
      if (ready.has(workspace)) return;
      const { data, hash } = await keysOf(workspace);
      ready.set(workspace, {
        data: preparedKey(data),
        hash: preparedKey(hash),
        hashHex: keyedHasher(hash),
      });
    },
    seal: (workspace, text) => seal(keys(workspace).data, text),
    open: (workspace, sealed) => open(keys(workspace).data, sealed).toString("utf8"),
    sealBytes: (workspace, bytes) => seal(keys(workspace).data, bytes),
    openBytes: (workspace, sealed) => open(keys(workspace).data, sealed),
    hash: (workspace, namespace, value) => keyedHash(keys(workspace).hash, `${namespace}\n${value}`),
    hashHex: (workspace, namespace, value) => keys(workspace).hashHex(`${namespace}\n${value}`),
  };
}
