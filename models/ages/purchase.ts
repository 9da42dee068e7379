/** A purchase as the model sees it. */
export interface AgePurchase {
  /** Days since 1970-01-01. */
  readonly day: number;
  /** What was bought, from the widest to the narrowest known: category, leaf (with its size or stage), product. */
  readonly path: readonly string[];
  /** Leaves that belong together, where the catalogue tells: an article of a leaf never seen is taken for one of these. */
  readonly siblings?: string;
  /** The article itself: a second purchase of it says less than the first. */
  readonly item: string;
  readonly quantity: number;
  /** Days of age that the catalogue states, when it does. */
  readonly stated: readonly [number, number] | null;
  /** Said to be a present (gift wrap, another receiver). */
  readonly gift?: boolean;
}

/** What is known of the buyer beside the purchases: how early she opened her account, as a rank from 0 (first) to 1. */
export interface Buyer {
  readonly tenure: number | null;
}

/** A family that told us: its children's birthdays (days since 1970) and what it bought. */
export interface ToldFamily extends Buyer {
  readonly births: readonly number[];
  readonly purchases: readonly AgePurchase[];
}

/** A row to learn from: a purchase and the age of the child that it was (most likely) for. */
export interface Lesson extends Buyer {
  readonly purchase: AgePurchase;
  readonly ageDays: number;
  /** Rows of one family weigh together no more than `mostPerFamily`. */
  readonly weight: number;
}
