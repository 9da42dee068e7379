import { Channel } from "@stork/contract/campaigns.ts";
import {
  type ChangeIndicator,
  Figure,
  Indicator,
  Notifications,
  QualityAlert,
  QualityAlertPage,
  QualityOverview,
  Series,
  type Subject,
} from "@stork/contract/quality.ts";
import { ScoreCard } from "@stork/contract/score-card.ts";
import { Source } from "@stork/contract/sources.ts";
import { SupplierSheet, type SupplierStatement } from "@stork/contract/suppliers.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export function useQuality() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "overview"],
    queryFn: ({ signal }) => api.get(here.at("/quality"), QualityOverview, { signal }),
    refetchInterval: 15_000,
  });
}

export function useAlerts(state: string | null, source: string | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "alerts", state, source],
    queryFn: ({ signal }) =>
      api.get(here.at("/quality/alerts"), listOf(QualityAlert), { signal, query: { state, source } }),
    refetchInterval: 15_000,
  });
}

export function useAlert(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "alert", id],
    queryFn: ({ signal }) => api.get(here.at(`/quality/alerts/${id}`), QualityAlertPage, { signal }),
    refetchInterval: 15_000,
  });
}

export type AlertAction =
  | { kind: "acknowledge"; note: string }
  | { kind: "snooze"; until: string; note: string }
  | { kind: "reopen" };

export function useAlertAction(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ kind, ...body }: AlertAction) =>
      api.post(here.at(`/quality/alerts/${id}/${kind}`), null, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "quality"] }),
  });
}

export function useSeries(subject: z.infer<typeof Subject>, step: "minute" | "hour" | "day") {
  const here = useHere();
  const { indicator, source, event, field } = subject;
  return useQuery({
    queryKey: [...here.key, "quality", "series", indicator, source, event, field, step],
    queryFn: ({ signal }) =>
      api.get(here.at("/quality/series"), Series, {
        signal,
        query: { indicator, source, event, field, step },
      }),
    placeholderData: (before) => before,
  });
}

export function useIndicators() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "indicators"],
    queryFn: ({ signal }) => api.get(here.at("/quality/indicators"), listOf(Indicator), { signal }),
    staleTime: 60_000,
  });
}

export function useChangeIndicator() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: z.infer<typeof ChangeIndicator> }) =>
      api.patch(here.at(`/quality/indicators/${id}`), Indicator, change),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "quality"] }),
  });
}

export function useFigures(source: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "figures", source],
    queryFn: ({ signal }) =>
      api.get(here.at("/quality/figures"), listOf(Figure), { signal, query: { source } }),
    refetchInterval: 30_000,
  });
}

export function useCard(month: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "card", month],
    queryFn: ({ signal }) => api.get(here.at("/quality/card"), ScoreCard, { signal, query: { month } }),
    placeholderData: (before) => before,
  });
}

export function useSuppliers() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "suppliers"],
    queryFn: ({ signal }) => api.get(here.at("/quality/suppliers"), listOf(SupplierSheet), { signal }),
  });
}

export function useStateSupplier() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ source, statement }: { source: string; statement: z.input<typeof SupplierStatement> }) =>
      api.put(here.at(`/quality/suppliers/${source}`), SupplierSheet, statement),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "quality", "suppliers"] }),
  });
}

export function useWithdrawSupplier() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (source: string) => api.remove(here.at(`/quality/suppliers/${source}`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "quality", "suppliers"] }),
  });
}

/** The sources a supplier's data may come by. */
export function useSourceNames() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "sources"],
    queryFn: ({ signal }) => api.get(here.at("/sources"), listOf(Source), { signal }),
  });
}

export function useNotifications() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "quality", "notifications"],
    queryFn: ({ signal }) => api.get(here.at("/quality/notifications"), Notifications, { signal }),
    enabled: here.can("settings:read"),
  });
}

export function useSetNotifications() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (items: z.infer<typeof Notifications>["items"]) =>
      api.put(here.at("/quality/notifications"), Notifications, { items }),
    onSuccess: (after) => queries.setQueryData([...here.key, "quality", "notifications"], after),
  });
}

export function useAlertChannels() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "channels"],
    queryFn: ({ signal }) => api.get(here.at("/channels"), listOf(Channel), { signal }),
    staleTime: 60_000,
  });
}
