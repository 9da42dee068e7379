import type { RecordKindId } from "@stork/contract/records.ts";
import type { RecordKind } from "../preset.ts";
import { type PresetId, presetOf } from "../presets.ts";

/** The report by which a file of no known format is read, once somebody has said what its columns are. */
const generic: { readonly [Kind in RecordKindId]: readonly [preset: PresetId, report: string] } = {
  order: ["orders", "orders"],
  product: ["erp", "products"],
  stock: ["erp", "stock"],
  "purchase-order": ["erp", "purchases"],
  spend: ["spend", "spend"],
  member: ["crm-members", "members"],
  ticket: ["service", "tickets"],
  review: ["service", "reviews"],
  survey: ["service", "surveys"],
};

export const recordKinds = Object.keys(generic) as readonly RecordKindId[];

export function genericReport(record: RecordKindId): { preset: PresetId; kind: RecordKind } {
  const [preset, report] = generic[record];
  const kind = presetOf(preset)?.kinds.find(({ id }) => id === report);
  if (kind === undefined) throw new Error(`no report ${preset}/${report}`);
  return { preset, kind };
}
