import type { Child } from "./births.ts";
import type { Account } from "./people.ts";
import type { Product } from "./product.ts";
import type { Promotion } from "./promotions.ts";

/** Why a line was bought: it was running out or outgrown, to lay in while cheap, only because it was cheap, or as a present. */
export type Why = "consumption" | "stockpile" | "promotion" | "gift";

export type Line = {
  readonly product: Product;
  readonly quantity: number;
  readonly why: Why;
  readonly child: Child;
  readonly priceFen: number;
};

export type Coupon = { readonly code: string; readonly amountFen: number };

export type Order = {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly account: Account;
  readonly lines: readonly Line[];
  readonly promotion: Promotion | null;
  readonly coupon: Coupon | null;
  readonly totalFen: number;
};
