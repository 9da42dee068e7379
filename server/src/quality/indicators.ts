import type { Indicator } from "./indicator.ts";
import { eventUnknown } from "./indicators/event-unknown.ts";
import { eventIndicators } from "./indicators/events.ts";
import { fieldIndicators } from "./indicators/fields.ts";
import { importEmpty, importOverdue } from "./indicators/imports.ts";
import { lagShift } from "./indicators/lag-shift.ts";
import { priceShift } from "./indicators/price-shift.ts";
import { eventSilent, sourceSilent } from "./indicators/silence.ts";
import { sourceIndicators } from "./indicators/sources.ts";
import { volumeDrop, volumeRise } from "./indicators/volume.ts";

/** Everything that is watched. */
export const indicators = {
  ...sourceIndicators,
  ...eventIndicators,
  ...fieldIndicators,
  "price-shift": priceShift,
  "event-unknown": eventUnknown,
  "lag-shift": lagShift,
  "source-silent": sourceSilent,
  "event-silent": eventSilent,
  "volume-drop": volumeDrop,
  "volume-rise": volumeRise,
  "import-overdue": importOverdue,
  "import-empty": importEmpty,
} as const satisfies Record<string, Indicator>;

export type IndicatorId = keyof typeof indicators;
export const indicatorIds = Object.keys(indicators) as IndicatorId[];
export const isIndicator = (id: string): id is IndicatorId => Object.hasOwn(indicators, id);
export const indicatorOf = (id: IndicatorId): Indicator => indicators[id];

/** What a worse cause explains is not reported beside it: a silent source has silent events. */
export const explainedBy: Partial<Record<IndicatorId, readonly IndicatorId[]>> = {
  "event-silent": ["source-silent"],
  "volume-drop": ["source-silent"],
  "amount-missing": ["items-missing"],
  "marked-abnormal": ["quantity-impossible", "amount-impossible", "test-orders", "currency-other"],
  "value-outlier": ["price-shift"],
  "amount-impossible": ["price-shift"],
  "value-new": ["text-garbled"],
  "type-changed": ["text-garbled"],
  "category-unknown": ["text-garbled", "category-missing"],
};
