/** Columns whose values come from a short list; their synonyms are in rules/enumeration.ts. */
export type EnumerationField =
  | "gender"
  | "order-status"
  | "payment-method"
  | "channel"
  | "device"
  | "yes-no"
  | "ticket-status"
  | "sentiment";
