import type { Stage } from "@stork/contract/catalog.ts";
import { FamilyPage, Person, RevealedPerson, Timeline } from "@stork/contract/people.ts";
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

export function useFamilies(query: string, stage: Stage | null, inferred: number | null) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "families", query, stage, inferred],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/families"), FamilyPage, {
        signal,
        query: { query, stage, inferred, after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

const personKey = (workspace: string, id: string) => [workspace, "person", id] as const;

export function usePerson(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: personKey(here.key[0], id),
    queryFn: ({ signal }) => api.get(here.at(`/persons/${id}`), Person, { signal }),
  });
}

/** Shows identifiers unmasked; the server writes down who looked. Kept out of the cache, so that leaving the page masks them again. */
export function useReveal(id: string) {
  const here = useHere();
  return useMutation({
    mutationFn: () => api.post(here.at(`/persons/${id}/reveal`), RevealedPerson),
    gcTime: 0,
  });
}

export function useTimeline(id: string) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...personKey(here.key[0], id), "timeline"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at(`/persons/${id}/timeline`), Timeline, {
        signal,
        query: { after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}
