import { type Condition, CountAnswer, MembersPage, Segment, Vocabulary } from "@stork/contract/segments.ts";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export function useSegments() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "segments"],
    queryFn: ({ signal }) => api.get(here.at("/segments"), listOf(Segment), { signal }),
    refetchInterval: 15_000,
  });
}

export function useSegment(id: string | undefined) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "segment", id],
    queryFn: ({ signal }) => api.get(here.at(`/segments/${id}`), Segment, { signal }),
    enabled: id !== undefined,
    refetchInterval: 10_000,
  });
}

export function useMembers(id: string) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "segment", id, "members"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at(`/segments/${id}/members`), MembersPage, {
        signal,
        query: { after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export function useVocabulary() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "vocabulary"],
    queryFn: ({ signal }) => api.get(here.at("/segments/vocabulary"), Vocabulary, { signal }),
    staleTime: 300_000,
  });
}

/** How many a condition selects; while a new count comes, the former one stays. */
export function useCount(where: Condition | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "count", where],
    queryFn: () => api.post(here.at("/segments/count"), CountAnswer, { where }),
    enabled: where !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  });
}

export function useSaveSegment(id: string | undefined) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (segment: { name: string; where: Condition }) =>
      id === undefined
        ? api.post(here.at("/segments"), Segment, segment)
        : api.patch(here.at(`/segments/${id}`), Segment, segment),
    onSuccess: async (saved) => {
      queries.setQueryData([...here.key, "segment", saved.id], saved);
      await queries.invalidateQueries({ queryKey: [...here.key, "segments"] });
    },
  });
}

export function useDeleteSegment(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove(here.at(`/segments/${id}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "segments"] }),
  });
}
