/** A line of an order, as `bounds` looks at it. */
export interface LineSeen {
  /** One of the six categories, or "" when unknown. */
  readonly category: string;
  readonly quantity: number;
  /** For one piece; null when the row does not say. */
  readonly unitPriceFen: number | null;
}

/** A double click, an impatient second try: within so long the same basket of the same buyer is hardly wanted twice. */
export const nearMs = 10 * 60_000;

/** An order, as `duplicates` and `test-orders` look at it. Whatever identifies comes as a keyed hash or not at all. */
export interface OrderSeen {
  /** Natural key: shop and order number. */
  readonly key: string;
  /** Hash of all it says: equal for word-for-word equal rows. */
  readonly fingerprint: string;
  /** Hash or node of the buyer; "" when unknown. */
  readonly buyer: string;
  /** Goods in one order of writing: "sku×2,sku×1". */
  readonly items: string;
  readonly amountFen: number;
  readonly at: number;
  /** Hash of the whole address; "" when unknown or masked. */
  readonly address: string;
  /** Remarks, titles and names in which a person may have written "test". */
  readonly texts: readonly string[];
}

/** An order as it is held against those read next to it. Numbers stand for the buyer and the goods: equal for equal ones. */
export interface OrderBeside {
  readonly key: string;
  readonly buyer: number;
  /** 0: nothing is said of them. */
  readonly items: number;
  readonly amountFen: number;
  readonly at: number;
}
