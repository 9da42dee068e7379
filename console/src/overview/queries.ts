import type { DateRange } from "@stork/contract/common.ts";
import { Overview } from "@stork/contract/outcomes.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

export function useOverview(range: DateRange, compare: DateRange | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "overview", range, compare],
    queryFn: ({ signal }) =>
      api.get(here.at("/overview"), Overview, {
        signal,
        query: { ...range, compareFrom: compare?.from, compareTo: compare?.to },
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}
