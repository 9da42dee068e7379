import { createHash } from "node:crypto";

/** A word on consent as it is hashed. */
export interface ChainedWord {
  readonly id: number;
  readonly node: number;
  readonly purpose: string;
  readonly state: string;
  readonly by: string;
  readonly at: Date;
  readonly channel: string | null;
  readonly child: number | null;
  readonly textVersion: number | null;
}

export const chainStart: Buffer = Buffer.alloc(32);

/** SHA-256 over the hash before and the word, its fields in one fixed order: whoever has both can work it out again. */
export function receiptHash(before: Buffer, workspace: number, seq: number, word: ChainedWord): Buffer {
  const { id, node, purpose, state, by, at, channel, child, textVersion } = word;
  const fields = [
    workspace,
    seq,
    id,
    node,
    purpose,
    state,
    by,
    at.toISOString(),
    channel,
    child,
    textVersion,
  ];
  return createHash("sha256").update(before).update(JSON.stringify(fields), "utf8").digest();
}
