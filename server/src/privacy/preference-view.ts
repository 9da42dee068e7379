import type { ConsentChannel, Purpose } from "@stork/contract/privacy.ts";
import type { RightKind } from "@stork/contract/rights.ts";

/** What the page shows of her: enough to choose by, nothing that a stranger who finds the link could use. */
export interface PreferenceView {
  readonly brand: string;
  /** Masked; null when it is not known. */
  readonly name: string | null;
  readonly marketing: Choice;
  /** The channels that she can be reached by. */
  readonly channels: readonly { readonly channel: ConsentChannel; readonly on: boolean }[];
  readonly uses: readonly Use[];
  readonly children: readonly ShownChild[];
  /** What she asked for by her rights, newest first. */
  readonly requests: readonly ShownRequest[];
  /** She, or somebody for her, asked for silence. */
  readonly quiet: boolean;
}

/** What she said, and the text as it is now. */
export interface Choice {
  readonly on: boolean;
  readonly text: { readonly zh: string; readonly en: string; readonly version: number };
  /** The text says something else than the one she agreed to: her yes counts up to this day. null: nothing is owed. */
  readonly owed: string | null;
}

export interface Use extends Choice {
  readonly purpose: Purpose;
}

export interface ShownChild {
  readonly id: string;
  /** YYYY-MM: the day is not shown. */
  readonly month: string;
  readonly born: boolean;
  /** What is asked for each child by itself: that its date is used, that notes on its health are kept. */
  readonly uses: readonly Use[];
  /** 14 or older: it decides itself, and she has no switch for it. */
  readonly ofAge: boolean;
}

/** What she may ask for here and somebody answers by hand. */
export type AskedRight = "copy" | "explain" | "delete";

export interface ShownRequest {
  readonly kind: RightKind;
  readonly askedOn: string;
  /** The last day on which it is answered in time; null: it is over. */
  readonly dueOn: string | null;
  readonly refused: boolean;
}

/** What was just done, as said at the top of the page. */
export const notices = [
  "saved",
  "quiet",
  "unquiet",
  "none",
  "child-saved",
  "child-removed",
  "child-added",
  "date-wrong",
  "of-age",
  "copy",
  "explain",
  "delete",
] as const;
export type Notice = (typeof notices)[number];
