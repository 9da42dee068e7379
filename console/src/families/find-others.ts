import type { FamilyRow } from "@stork/contract/people.ts";
import { useDeferredValue, useState } from "react";
import { useFamilies } from "./queries.ts";

const least = 2;
const most = 5;

/** The first few persons whom what is typed may mean: a name, a telephone or any identifier. */
export function useOthers(not: readonly string[]): {
  typed: string;
  type(text: string): void;
  others: readonly FamilyRow[];
  /** Looked for, and nobody was found. */
  none: boolean;
} {
  // May be somebody's number: it never goes into the address.
  const [typed, type] = useState("");
  const query = useDeferredValue(typed.trim());
  const isLong = query.length >= least;
  const found = useFamilies(isLong ? query : "", null, null);
  const others =
    !isLong || found.isPlaceholderData
      ? []
      : (found.data?.pages.flatMap(({ items }) => items) ?? [])
          .filter((one) => !not.includes(one.person))
          .slice(0, most);
  return { typed, type, others, none: isLong && others.length === 0 && !found.isFetching };
}
