import type { Words } from "@stork/contract/common.ts";

/** Whom to forget: everything of a person, or of one child of hers. Held in memory only, for as long as it takes. */
export interface ErasedSubject {
  readonly workspace: number;
  /** What is forgotten: the whole person, or `child` alone. */
  readonly whole: boolean;
  readonly person: number;
  /** Every node of the person, as of the moment it was decided. */
  readonly nodes: readonly number[];
  /** Rows of `child`: all of hers, or the one. */
  readonly children: readonly number[];
  /** Look-up hashes of her identifiers, in hexadecimal. */
  readonly hashesHex: readonly string[];
  /** What identifies her, as plain text: identifiers, and what the vault's traits say. Never logged. */
  readonly values: readonly string[];
  /** Of one child: what tells of it where a carer is named beside it. */
  readonly beside?: Beside;
  /** Of a whole person: her name alone is many people's, but not beside somebody of her home or her masked phone. */
  readonly named?: Named;
}

/** Never logged. */
interface Named {
  /** As they were told. Not her children's: they are of others, too, whose rows stay. */
  readonly names: readonly string[];
  /** Identifiers of the others in her family. */
  readonly kin: readonly string[];
}

/** A row of a file speaks of a child when it names one of its carers, and its date or name. Never logged. */
export interface Beside {
  readonly carers: readonly string[];
  /** Its dates, those said before among them. */
  readonly days: readonly string[];
  readonly names: readonly string[];
  /** Imports that stated it. */
  readonly imports: readonly number[];
}

/**
 * One place that holds anything of a person. It takes several subjects at once, as the engine of facts needs seconds for
 * each deletion however small. Doing it again changes nothing; what came late goes the second time.
 */
export interface Eraser {
  /** e.g. "postgres: node", "clickhouse: event", "files: raw". */
  readonly place: string;
  readonly words: Words;
  /** Answers how many things of each subject went. */
  erase(subjects: readonly ErasedSubject[]): Promise<number[]>;
  /** How many things of this subject are there now. */
  search(subject: ErasedSubject): Promise<number>;
}
