import { Export, Exports, type NewExport } from "@stork/contract/exports.ts";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

export function useExports(enabled = true) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "exports"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/exports"), Exports, { signal, query: { after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    // Somebody else's yes shows without asking again.
    refetchInterval: 15_000,
    enabled,
  });
}

export function useExportActions() {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [...here.key, "exports"] });
  return {
    ask: useMutation({
      mutationFn: (asked: NewExport) => api.post(here.at("/exports"), Export, asked),
      onSuccess,
    }),
    decide: useMutation({
      mutationFn: ({ id, word, note }: { id: string; word: "approve" | "refuse"; note: string }) =>
        api.post(here.at(`/exports/${id}/${word}`), Export, { note }),
      onSuccess,
    }),
    /** Afterwards, who took it and how many rows show. */
    looked: onSuccess,
  };
}
