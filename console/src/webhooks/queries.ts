import {
  AttemptAnswer,
  type ChangeWebhook,
  type Delivery,
  DeliveryPage,
  type NewWebhook,
  Webhook,
  WebhookWithSecret,
} from "@stork/contract/webhooks.ts";
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

export function useWebhooks() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "webhooks"],
    queryFn: ({ signal }) => api.get(here.at("/webhooks"), listOf(Webhook), { signal }),
    refetchInterval: 15_000,
  });
}

/** The log of one webhook, newest first; looked at again, since deliveries end by themselves. */
export function useDeliveries(id: string, state: Delivery["state"] | null) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "webhook-deliveries", id, state],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at(`/webhooks/${id}/deliveries`), DeliveryPage, {
        signal,
        query: { state, after: pageParam, limit: 50 },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });
}

/** The list and the logs, asked for again after something was done. */
function useAgain() {
  const here = useHere();
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: [...here.key, "webhooks"] }),
      queries.invalidateQueries({ queryKey: [...here.key, "webhook-deliveries"] }),
    ]);
}

export type Fields = z.input<typeof NewWebhook>;

export function useMakeWebhook() {
  const here = useHere();
  const onSuccess = useAgain();
  return useMutation({
    mutationFn: (fields: Fields) => api.post(here.at("/webhooks"), WebhookWithSecret, fields),
    onSuccess,
    gcTime: 0,
  });
}

export function useWebhookActions(id: string) {
  const here = useHere();
  const onSuccess = useAgain();
  const of = here.at(`/webhooks/${id}`);
  return {
    change: useMutation({
      mutationFn: (fields: z.input<typeof ChangeWebhook>) => api.patch(of, Webhook, fields),
      onSuccess,
    }),
    newSecret: useMutation({
      mutationFn: () => api.post(`${of}/secret`, WebhookWithSecret),
      onSuccess,
      gcTime: 0,
    }),
    remove: useMutation({ mutationFn: () => api.remove(of), onSuccess }),
    retry: useMutation({
      mutationFn: (delivery: string) => api.post(`${of}/deliveries/${delivery}/retry`, null),
      onSuccess,
    }),
  };
}

export function useTestWebhook(id: string) {
  const here = useHere();
  return useMutation({ mutationFn: () => api.post(here.at(`/webhooks/${id}/test`), AttemptAnswer) });
}
