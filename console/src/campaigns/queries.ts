import {
  Campaign,
  CampaignsPage,
  Channel,
  Estimate,
  type MessageState,
  MessagesPage,
  type NewCampaign,
  Preview,
  Retried,
} from "@stork/contract/campaigns.ts";
import { CampaignReport } from "@stork/contract/outcomes.ts";
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export type Draft = z.infer<typeof NewCampaign>;

export function useCampaigns() {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "campaigns", "pages"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/campaigns"), CampaignsPage, { signal, query: { after: pageParam, limit: 50 } }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 10_000,
  });
}

export function useCampaign(id: string | undefined) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "campaign", id],
    queryFn: ({ signal }) => api.get(here.at(`/campaigns/${id}`), Campaign, { signal }),
    enabled: id !== undefined,
    refetchInterval: ({ state }) => (state.data?.status === "running" ? 2_000 : 30_000),
  });
}

export function useChannels() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "channels"],
    queryFn: ({ signal }) => api.get(here.at("/channels"), listOf(Channel), { signal }),
  });
}

export function useSaveCampaign(id: string | undefined) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (draft: Draft) =>
      id === undefined
        ? api.post(here.at("/campaigns"), Campaign, draft)
        : api.patch(here.at(`/campaigns/${id}`), Campaign, draft),
    onSuccess: (saved) => {
      queries.setQueryData([...here.key, "campaign", saved.id], saved);
      void queries.invalidateQueries({ queryKey: [...here.key, "campaigns"] });
      void queries.invalidateQueries({ queryKey: [...here.key, "estimate", saved.id] });
    },
  });
}

export function useDeleteCampaign(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove(here.at(`/campaigns/${id}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "campaigns"] }),
  });
}

export function usePreview(
  asked: { content: Draft["content"]; person?: string; segment?: string; channel?: string } | null,
) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "preview", asked],
    queryFn: () => api.post(here.at("/campaigns/preview"), Preview, asked),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
  });
}

export function useEstimate(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "estimate", id],
    queryFn: ({ signal }) => api.get(here.at(`/campaigns/${id}/estimate`), Estimate, { signal }),
    staleTime: 5_000,
  });
}

export type Verb = "start" | "pause" | "resume" | "stop";
export function useRun(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: Verb) => api.post(here.at(`/campaigns/${id}/${verb}`), Campaign),
    onSuccess: (after) => {
      queries.setQueryData([...here.key, "campaign", id], after);
      void queries.invalidateQueries({ queryKey: [...here.key, "campaigns"] });
      void queries.invalidateQueries({ queryKey: [...here.key, "messages", id] });
    },
  });
}

export function useRetry(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (what: "parked" | "unknown") =>
      api.post(here.at(`/campaigns/${id}/retry`), Retried, { what }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: [...here.key, "campaign", id] });
      void queries.invalidateQueries({ queryKey: [...here.key, "messages", id] });
    },
  });
}

export function useMessages(id: string, state: MessageState | null, running: boolean) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "messages", id, state],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at(`/campaigns/${id}/messages`), MessagesPage, {
        signal,
        query: { state, after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: running ? 5_000 : false,
  });
}

export function useReport(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "report", id],
    queryFn: ({ signal }) => api.get(here.at(`/campaigns/${id}/report`), CampaignReport, { signal }),
    refetchInterval: 30_000,
  });
}
