import { dateMarks } from "../people/children.ts";
import { Refusal } from "../platform/refusal.ts";
import { refusals } from "./refusals.ts";

interface Dates {
  readonly bornOn: string | null;
  readonly dueOn: string | null;
  readonly adoptedOn: string | null;
}

/** Of what somebody says who can be asked again, an impossible date is refused instead of marked. */
export function usableMarks({ bornOn, dueOn, adoptedOn }: Dates, today: string): string[] {
  const adoptedBefore = adoptedOn !== null && (adoptedOn > today || (bornOn !== null && adoptedOn < bornOn));
  if (adoptedBefore || dateMarks({ bornOn, dueOn }, today).length > 0)
    throw new Refusal(refusals.impossibleDate);
  return [];
}
