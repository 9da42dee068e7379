import type { Words } from "@stork/contract/common.ts";
import type { Correction } from "@stork/contract/rights.ts";
import type { RecordStatements } from "../people/statements.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Jobs } from "../platform/jobs.ts";
import type { Db } from "../platform/postgres.ts";
import type { Quiet, QuietParts } from "../privacy/quiet.store.ts";

export interface AnswerParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly recordStatements: RecordStatements;
  readonly quiet: Quiet;
  readonly stoppers: QuietParts["stoppers"];
  /** Who is in which segment is looked at again for these nodes. */
  readonly touched: (workspace: number, nodes: readonly number[]) => Promise<void> | void;
}

/** A request to be carried out, of somebody who is known today. */
export interface Asked {
  readonly workspace: number;
  readonly id: number;
  readonly person: number;
  readonly child: number | null;
  readonly who: string;
  readonly correction: Correction | null;
}

export interface Answered {
  /** `working`: goes on in the background. */
  readonly state: "done" | "working";
  /** For the proof: codes and counts only. */
  readonly detail: Record<string, unknown>;
}

/** What each kind of request answers for itself. */
export interface Answer {
  readonly words: Words;
  /** Answered by handing something over first: the copy, a link to it, the explanation. */
  readonly handsOver: boolean;
  carryOut(parts: AnswerParts, asked: Asked): Promise<Answered>;
}
