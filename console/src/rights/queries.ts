import {
  CopyLink,
  Explanation,
  type NewRightsRequest,
  ProofVerified,
  RightsList,
  RightsRequestPage,
} from "@stork/contract/rights.ts";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";
import { download } from "../ui/download.ts";

export function useRequests(show: "open" | "ended" | "all") {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "rights", show],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/rights/requests"), RightsList, { signal, query: { show, after: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

/** Looked at again while a deletion is under way. */
export function useRequest(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "rights-request", id],
    queryFn: ({ signal }) => api.get(here.at(`/rights/requests/${id}`), RightsRequestPage, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "working" ? 2_000 : 30_000),
  });
}

export function useOpenRequest() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof NewRightsRequest>) =>
      api.post(here.at("/rights/requests"), RightsRequestPage, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "rights"] }),
  });
}

/** One step of a request, by its name; the page comes back with the answer. */
export function useStep(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ step, body }: { step: string; body?: unknown }) =>
      api.post(here.at(`/rights/requests/${id}/${step}`), RightsRequestPage, body ?? {}),
    onSuccess: (page) => {
      queries.setQueryData([...here.key, "rights-request", id], page);
      // The page is as it is now: the next button does not wait for the lists beside it.
      void queries.invalidateQueries({ queryKey: [...here.key, "rights"] });
    },
  });
}

export function useMakeLink(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(here.at(`/rights/requests/${id}/link`), CopyLink),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "rights-request", id] }),
  });
}

/** Asked for by a button: looking is a step of the proof. */
export function useExplanation(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.get(here.at(`/rights/requests/${id}/explanation`), Explanation),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "rights-request", id] }),
  });
}

export function useDownload(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const reply = await fetch(here.at(`/rights/requests/${id}/copy`), { method: "POST" });
      if (!reply.ok)
        throw new Error(((await reply.json()) as { title?: string }).title ?? String(reply.status));
      download("personal-data.zip", await reply.blob());
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "rights-request", id] }),
  });
}

export function useCheckProof() {
  const here = useHere();
  return useMutation({ mutationFn: () => api.get(here.at("/rights/proof/verified"), ProofVerified) });
}
