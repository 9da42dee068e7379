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
  type InfiniteData,
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

/** What was just ended leaves the list at once; a list of many pages takes a while to be asked for again. */
function leave(queries: QueryClient, here: Here, id: string) {
  const items = [...here.key, "quarantine", "items"];
  queries.setQueriesData<InfiniteData<QuarantinePage>>({ queryKey: items }, (before) =>
    before === undefined
      ? before
      : {
          ...before,
          pages: before.pages.map((page) => ({
            ...page,
            total: Math.max(0, page.total - 1),
            items: page.items.filter((one) => one.id !== id),
          })),
        },
  );
  refresh(queries, here);
}

export function useReplay(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (changes: Record<string, string>) =>
      api.post(here.at(`/quarantine/${id}/replay`), ReplayedOne, { changes }),
    onSuccess: ({ taken }) => (taken ? leave(queries, here, id) : refresh(queries, here)),
  });
}

export function useDrop(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (note: string) => api.post(here.at(`/quarantine/${id}/drop`), QuarantineItem, { note }),
    onSuccess: () => leave(queries, here, id),
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
