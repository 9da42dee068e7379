import {
  DroppedMany,
  QuarantineDetail,
  type QuarantineFilter,
  QuarantineItem,
  QuarantinePage,
  QuarantineSummary,
  ReplayedMany,
  ReplayedOne,
} from "@stork/contract/quarantine.ts";
import {
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { type Here, useHere } from "../shell/session.tsx";

export function useItems(filter: QuarantineFilter) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "quarantine", "items", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/quarantine"), QuarantinePage, {
        signal,
        query: { ...filter, after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}

/** How many wait or ended, by source and reason. */
export function useSummary(filter: QuarantineFilter) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quarantine", "summary", filter],
    queryFn: ({ signal }) =>
      api.get(here.at("/quarantine/summary"), QuarantineSummary, { signal, query: filter }),
    placeholderData: (before) => before,
  });
}

export function useItem(id: string | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quarantine", "item", id],
    queryFn: ({ signal }) => api.get(here.at(`/quarantine/${id}`), QuarantineDetail, { signal }),
    enabled: id !== null,
  });
}

/** What was refused may be an import's row or a source's event; both pages count them. */
function refresh(queries: QueryClient, here: Here) {
  for (const part of ["quarantine", "imports", "import", "source"])
    void queries.invalidateQueries({ queryKey: [...here.key, part] });
}

export function useReplay(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: Record<string, string>) =>
      api.post(here.at(`/quarantine/${id}/replay`), ReplayedOne, { changes }),
    onSuccess: () => refresh(queries, here),
  });
}

export function useDrop(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => api.post(here.at(`/quarantine/${id}/drop`), QuarantineItem, { note }),
    onSuccess: () => refresh(queries, here),
  });
}

/** The items meant by a bulk action: those chosen, or all that the filter finds. */
export type Meant = { ids: string[] } | { filter: QuarantineFilter };

export function useReplayMany() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ meant, changes }: { meant: Meant; changes: Record<string, string> }) =>
      api.post(here.at("/quarantine/replay"), ReplayedMany, { ...meant, changes }),
    onSuccess: () => refresh(queries, here),
  });
}

export function useDropMany() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ meant, note }: { meant: Meant; note: string }) =>
      api.post(here.at("/quarantine/drop"), DroppedMany, { ...meant, note }),
    onSuccess: () => refresh(queries, here),
  });
}
