import {
  type ChangeEntry,
  DictionaryPage,
  DictionaryTask,
  EntryWithHistory,
  Lineage,
} from "@stork/contract/dictionary.ts";
import { Gaps, ImputationAnswer, type ImputationQuestion } from "@stork/contract/imputation.ts";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

const TaskList = z.object({ items: z.array(DictionaryTask), total: z.number() });

export interface EntryFilter {
  kind: string | null;
  status: string | null;
  query: string;
}

export function useEntries(filter: EntryFilter) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "dictionary", "entries", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/dictionary"), DictionaryPage, {
        signal,
        query: { ...filter, after: pageParam, limit: 100 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (before) => before,
  });
}

export function useTasks() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "dictionary", "tasks"],
    queryFn: ({ signal }) =>
      api.get(here.at("/dictionary/tasks"), TaskList, {
        signal,
        query: { limit: 200 },
      }),
    staleTime: 60_000,
  });
}

export function useEntry(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "dictionary", "entry", id],
    queryFn: ({ signal }) =>
      api.get(here.at("/dictionary/entry"), EntryWithHistory, { signal, query: { id } }),
    enabled: id !== "",
  });
}

export function useLineage(entry: string | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "dictionary", "lineage", entry],
    queryFn: ({ signal }) => api.get(here.at("/dictionary/lineage"), Lineage, { signal, query: { entry } }),
    staleTime: 60_000,
  });
}

export function useChangeEntry(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: z.infer<typeof ChangeEntry>) =>
      api.patch(here.at(`/dictionary/entry?id=${encodeURIComponent(id)}`), EntryWithHistory, change),
    onSuccess: (after) => {
      if (after !== null) queries.setQueryData([...here.key, "dictionary", "entry", id], after);
      void queries.invalidateQueries({ queryKey: [...here.key, "dictionary"] });
    },
  });
}

export function useDismissTask() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ task, why }: { task: string; why: string }) =>
      api.post(here.at(`/dictionary/tasks/${encodeURIComponent(task)}/dismiss`), null, { why }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "dictionary"] }),
  });
}

/** Which fields of a set of rows have gaps; without a set, of the first there is. */
export function useGaps(of: string | null, isWanted = true) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "dictionary", "gaps", of],
    queryFn: ({ signal }) => api.get(here.at("/dictionary/gaps"), Gaps, { signal, query: { of } }),
    staleTime: 60_000,
    enabled: isWanted,
  });
}

/** Asks what would stand in a field's gaps; nothing is changed by it. */
export function useImputation() {
  const here = useHere();
  return useMutation({
    mutationFn: (question: z.input<typeof ImputationQuestion>) =>
      api.post(here.at("/dictionary/imputation"), ImputationAnswer, question),
  });
}
