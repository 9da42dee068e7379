import { RecentEvent, Source } from "@stork/contract/sources.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export function useSources(everyMs: number) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "sources"],
    queryFn: ({ signal }) => api.get(here.at("/sources"), listOf(Source), { signal }),
    refetchInterval: everyMs,
  });
}

export function useRecent(id: string, live: boolean) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "recent", id],
    queryFn: ({ signal }) => api.get(here.at(`/sources/${id}/recent`), listOf(RecentEvent), { signal }),
    refetchInterval: live ? 2_000 : false,
    staleTime: 0,
  });
}

export function useMakeSource() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.post(here.at("/sources"), Source, { kind: "http", name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "sources"] }),
  });
}

export function useRemoveSource(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove(here.at(`/sources/${id}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "sources"] }),
  });
}
