import type { LinkEvidence } from "@stork/contract/linking.ts";
import type { LinkModel } from "@stork/models/linking/model.ts";
import type { WorkspaceKeys } from "../platform/workspace-keys.store.ts";

/** What a person told, one word of it: a trait or an identifier as sealed, or a child's date. */
export interface Word {
  person: number;
  /** The trait's key, the namespace, or "child". */
  key: string;
  sealed: Uint8Array | null;
  clear: string | null;
}

/** Pairs by the places of persons in the list that comes with them. */
export interface Among {
  persons: readonly number[];
  words: readonly Word[];
  first: Int32Array;
  second: Int32Array;
}

/** What the thread is asked. It alone opens what is sealed; nothing clear leaves it. */
export type Order =
  | { ask: "index"; persons: readonly number[]; words: readonly Word[] }
  /** The first `sampled` persons stand for all `total`; their pairs are one in `oneIn` of all candidates. */
  | { ask: "learn"; among: Among; sampled: number; total: number; oneIn: number; seed: number }
  | { ask: "weigh"; among: Among; commonness: Int32Array; total: number; model: LinkModel; least: number };

/** With every order: whose values, and what opens and hashes them. */
export type Ordered = Order & { workspace: number; keys: WorkspaceKeys };

export interface KeyRow {
  person: number;
  rule: number;
  /** 64 bits as a decimal number. */
  key: string;
}

export interface Found {
  a: number;
  b: number;
  evidence: Omit<LinkEvidence, "model">;
}

export interface Answers {
  index: KeyRow[];
  learn: LinkModel;
  weigh: Found[];
}

export type Answer = { [Ask in keyof Answers]: { done: Answers[Ask] } }[keyof Answers] | { failed: string };

/** The rule under which names are counted, beside those of block-keys.ts. */
export const nameRule = 100;
