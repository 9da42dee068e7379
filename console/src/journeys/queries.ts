import { JourneyDetail, JourneysPage, type RunState, RunsPage } from "@stork/contract/journeys.ts";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";
import type { Wanted } from "./draft.ts";

export function useJourneys() {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "journeys"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/journeys"), JourneysPage, { signal, query: { after: pageParam, limit: 50 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 10_000,
  });
}

export function useJourney(id: string | undefined) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "journey", id],
    queryFn: ({ signal }) => api.get(here.at(`/journeys/${id}`), JourneyDetail, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === "live" ? 5_000 : 30_000),
  });
}

export interface RunsWanted {
  state: RunState | null;
  step: string | null;
  reason: string | null;
}

export function useRuns(id: string, wanted: RunsWanted) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "journey", id, "runs", wanted],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at(`/journeys/${id}/runs`), RunsPage, {
        signal,
        query: { ...wanted, after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 15_000,
  });
}

export function useSaveJourney(id: string | undefined) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) =>
      id === undefined
        ? api.post(here.at("/journeys"), JourneyDetail, wanted)
        : api.patch(here.at(`/journeys/${id}`), JourneyDetail, wanted),
    onSuccess: (saved) => {
      queries.setQueryData([...here.key, "journey", saved.id], saved);
      void queries.invalidateQueries({ queryKey: [...here.key, "journeys"] });
    },
  });
}

export function useDeleteJourney(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove(here.at(`/journeys/${id}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "journeys"] }),
  });
}

export type Verb = "start" | "pause" | "end";
export function useVerb(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: Verb) => api.post(here.at(`/journeys/${id}/${verb}`), JourneyDetail),
    onSuccess: (after) => {
      queries.setQueryData([...here.key, "journey", id], after);
      void queries.invalidateQueries({ queryKey: [...here.key, "journeys"] });
      void queries.invalidateQueries({ queryKey: [...here.key, "journey", id, "runs"] });
    },
  });
}
