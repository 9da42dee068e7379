import type { ContentVariable } from "@stork/contract/campaigns.ts";

/** What is known about one recipient; a key is absent when it is not known. */
export interface Values {
  readonly person: { readonly name?: string; readonly city?: string };
  readonly child: { readonly name?: string; readonly stage?: string; readonly ageMonths?: number };
}

export const personalVariables = [
  "person.name",
  "person.city",
  "child.name",
  "child.stage",
  "child.ageMonths",
] as const satisfies readonly ContentVariable[];

export const knownVariables: readonly string[] = [...personalVariables, "unsubscribeUrl", "preferencesUrl"];
