import type { Words } from "@stork/contract/common.ts";
import type { Dimension } from "@stork/contract/quality.ts";
import type { Portion, ShareModel } from "@stork/models/watch/shares.ts";
import type { StreamModel } from "./model.ts";
import type { StreamView } from "./recent.ts";

/** A figure of one source, event and field as it is now. */
export interface Found {
  readonly field: string;
  readonly value: number;
  /** Of how many events or values. */
  readonly of: number;
  readonly usual: number | null;
  readonly breached: boolean;
  /** The chance of this if nothing were wrong; 1 where it was not worth working out. */
  readonly chance: number;
  /** Since when, as far as can be told. */
  readonly since: number;
  /** Learned bounds; worked out only when somebody asks. */
  bounds(): { low: number | null; high: number | null };
}

/** What an indicator is given besides the counts. */
export interface Sight {
  readonly view: StreamView;
  readonly model: StreamModel | null;
  /** Of the source as a whole. */
  readonly sourceModel: StreamModel | null;
  /** The files imported into it; null for sources that send by themselves. */
  readonly imports: ImportsSeen | null;
  /** The chance below which a figure is breached. */
  readonly level: number;
  /** How many sources and event names are watched. */
  readonly streams: number;
  /** The workspace's threshold or the default one; null: none. */
  readonly threshold: number | null;
  /** Whether the workspace set the threshold itself: it then holds whatever is usual. */
  readonly own: boolean;
  readonly now: number;
  /** Events usually expected between two moments; null while too little is known. */
  expected(from: number, to: number): number | null;
  /** Whether it sends as things happen, not in files or bulk. */
  readonly live: boolean;
  /** Silence is counted from here on. */
  readonly awakeSince: number;
  /** A day whose like was never seen (the first sale of a new shop): volumes may do anything. */
  readonly strangeDay: boolean;
}

/** When files were imported into a source, newest first, and those of the last days that held nothing. */
export interface ImportsSeen {
  readonly at: readonly number[];
  readonly emptyAt: readonly number[];
}

/** The questions one kind of figure answers. Pure: the watch does the reading and the telling. */
export interface Indicator {
  readonly dimension: Dimension;
  readonly scope: "source" | "event" | "field";
  readonly unit: "share" | "count" | "level" | "minutes";
  readonly name: Words;
  /** One sentence: what is counted, over what. */
  readonly definition: Words;
  readonly needs: Words;
  /** The fixed threshold, beside the learned bounds; null: none. */
  readonly threshold: number | null;
  look(sight: Sight): Found[];
  /** The shares it is judged by, in a stretch of the past, so that they can be learned. */
  portions?(counts: ReadonlyMap<string, number>, model: StreamModel): Map<string, Portion>;
  /** A share known otherwise than by its portions. */
  usual?(model: StreamModel, field: string): ShareModel | null;
  /** Whether a stored event shows what is wrong with this field; used to pick examples. */
  shows?(event: ShownEvent, field: string, model: StreamModel | null): boolean;
}

export interface ShownEvent {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly marks: readonly string[];
  readonly at: number;
  readonly received: number;
  readonly amountFen: number;
  readonly items: number;
}
