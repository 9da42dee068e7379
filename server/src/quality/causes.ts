import { type IndicatorId, isIndicator } from "./indicators.ts";

/** What goes wrong at a sender, as far as figures tell: those of one cause that begin together are one breakage. */
type Cause =
  | "flow"
  | "imports"
  | "identity"
  | "missing"
  | "text"
  | "numbers"
  | "clock"
  | "repeats"
  | "stock"
  | "orders"
  | "tests"
  | "children"
  | "privacy";

const causesOf: Record<IndicatorId, readonly Cause[]> = {
  "source-silent": ["flow"],
  "event-silent": ["flow"],
  "event-unknown": ["flow"],
  "volume-drop": ["flow"],
  "volume-rise": ["flow", "repeats"],
  "import-overdue": ["imports"],
  "import-empty": ["imports"],
  "refused-share": ["identity", "flow"],
  unattributed: ["identity", "flow"],
  "identity-weak": ["identity"],
  "phone-invalid": ["identity"],
  "properties-empty": ["missing"],
  "order-id-missing": ["missing"],
  "amount-missing": ["missing"],
  "items-missing": ["missing"],
  "category-missing": ["missing"],
  "field-missing": ["missing"],
  // A renamed field is missing under its old name.
  "field-new": ["missing"],
  "category-unknown": ["text", "missing"],
  "text-garbled": ["text"],
  "value-new": ["text"],
  "type-changed": ["text", "numbers"],
  "price-shift": ["numbers"],
  "value-outlier": ["numbers"],
  "quantity-impossible": ["numbers"],
  "amount-impossible": ["numbers"],
  "currency-other": ["numbers"],
  "marked-abnormal": ["numbers"],
  // A price that is missing does not add up either.
  "total-mismatch": ["numbers", "missing"],
  "late-share": ["clock"],
  "lag-shift": ["clock"],
  "clock-skew": ["clock"],
  "time-impossible": ["clock"],
  "events-repeated": ["repeats"],
  "order-repeated": ["repeats"],
  "order-in-two-shops": ["repeats"],
  "refund-without-order": ["orders"],
  "stock-negative": ["stock"],
  "test-orders": ["tests"],
  "child-date-impossible": ["children"],
  "personal-data": ["privacy"],
};

/** A sender has one encoding, one unit of money, one clock: what is wrong with it shows in rare events hours later. */
const ofWholeSender = new Set<IndicatorId>([
  "text-garbled",
  "price-shift",
  "lag-shift",
  "late-share",
  "clock-skew",
]);

interface Broken {
  readonly indicator: IndicatorId;
  readonly field: string;
}

/** An alert may be older than the release that dropped its indicator. */
const causes = (indicator: IndicatorId): readonly Cause[] =>
  isIndicator(indicator) ? causesOf[indicator] : [];

export const haveOneCause = (one: Broken, other: Broken): boolean =>
  causes(one.indicator).some((cause) => causes(other.indicator).includes(cause));

/** Whether it is the same breakage though it began to show much later. */
export const isSameLater = (one: Broken, other: Broken): boolean =>
  one.indicator === other.indicator &&
  (ofWholeSender.has(one.indicator) || (one.field !== "" && ownName(one.field) === ownName(other.field)));

/** products[].price is a price, too. */
const ownName = (field: string): string => field.replace(/^.*\./, "");
