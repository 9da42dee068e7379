import type { DateRange } from "@stork/contract/common.ts";
import { Metric, Overview } from "@stork/contract/outcomes.ts";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
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

/** What each figure means, by its id. */
export function useMetrics(): ReadonlyMap<string, Metric> {
  const here = useHere();
  const metrics = useQuery({
    queryKey: [...here.key, "metrics"],
    queryFn: ({ signal }) => api.get(here.at("/metrics"), listOf(Metric), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return new Map(metrics.data?.items.map((one) => [one.id, one]));
}
