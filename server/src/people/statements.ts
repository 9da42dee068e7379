import type { ConsentChannel, Purpose } from "@stork/contract/privacy.ts";

/** What somebody said about the person behind a node. */
export type Statement = TraitsStatement | ChildStatement | ConsentStatement | ProfileStatement;

interface Said {
  readonly node: number;
  readonly at: Date;
}

export interface TraitsStatement extends Said {
  readonly kind: "traits";
  /** The import that said so: undone, its word goes and no other. */
  readonly import?: number;
  readonly traits: Readonly<Record<string, unknown>>;
}

export interface ChildStatement extends Said {
  readonly kind: "child";
  /** The source's own key of the child; without one the date stands for it. */
  readonly key?: string | undefined;
  readonly bornOn?: string | undefined;
  readonly dueOn?: string | undefined;
  /** Only where the source's coding is understood. */
  readonly gender?: "female" | "male" | "unknown" | undefined;
  /** The source's own code (0, 1, 男 …), kept until somebody decides what it means. */
  readonly genderCode?: string | undefined;
  readonly name?: string | undefined;
  /** Days of pregnancy at birth. */
  readonly gestationDays?: number | undefined;
  readonly adoptedOn?: string | undefined;
  /** Who said so: 'source:3', 'import:7', 'user:…'. */
  readonly statedBy: string;
}

export interface ConsentStatement extends Said {
  readonly kind: "consent";
  readonly purpose: Purpose;
  readonly state: "granted" | "withdrawn";
  readonly saidBy: string;
  /** One channel only; none: all. */
  readonly channel?: ConsentChannel | undefined;
  /** One child only. */
  readonly child?: number | undefined;
  /** Of the text that was shown. */
  readonly textVersion?: number | undefined;
}

/** What changes a trait by what it is now: a count goes up, a list grows, a first word stays. */
export type ProfileChange = "set-once" | "increment" | "append" | "unset" | "delete";

export interface ProfileStatement extends Said {
  readonly kind: "profile";
  readonly change: ProfileChange;
  /** By trait; of `unset` the keys alone count, `delete` has none. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The message that says so: sent again, it changes nothing more. */
  readonly message: string;
}

export interface Recorded {
  childrenAdded: number;
  childrenChanged: number;
  /** Children whose date cannot be, as marked. */
  childrenMarked: number;
}
