import {
  ConnectionReport,
  DeviceReading,
  type DeviceSettings,
  type DeviceTopic,
} from "@stork/contract/devices.ts";
import {
  type NewSource,
  Source,
  type SourceChange,
  SourceFigures,
  TailEntry,
} from "@stork/contract/sources.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export function useSources(everyMs: number | false) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "sources"],
    queryFn: ({ signal }) => api.get(here.at("/sources"), listOf(Source), { signal }),
    refetchInterval: everyMs,
  });
}

/** One source, asked often while somebody waits for its first event. */
export function useSource(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "source", id],
    queryFn: ({ signal }) => api.get(here.at(`/sources/${id}`), Source, { signal }),
    refetchInterval: ({ state }) => (state.data?.first.state === "received" ? 10_000 : 1_500),
  });
}

export function useFigures(id: string, everyMs: number) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "source", id, "figures"],
    queryFn: ({ signal }) => api.get(here.at(`/sources/${id}/figures`), SourceFigures, { signal }),
    refetchInterval: everyMs,
  });
}

export function useTail(id: string, live: boolean) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "source", id, "tail"],
    queryFn: ({ signal }) => api.get(here.at(`/sources/${id}/tail`), listOf(TailEntry), { signal }),
    refetchInterval: live ? 2_000 : false,
    staleTime: 0,
  });
}

export function useMakeSource() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (source: z.input<typeof NewSource>) => api.post(here.at("/sources"), Source, source),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "sources"] }),
  });
}

export function useChangeSource(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: z.input<typeof SourceChange>) =>
      api.patch(here.at(`/sources/${id}`), Source, change),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: [...here.key, "sources"] }),
        queries.invalidateQueries({ queryKey: [...here.key, "source", id] }),
      ]),
  });
}

/** A new write key; the one there is counts for so many more hours. */
export function useChangeWriteKey(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (oldKeyHours: number) =>
      api.post(here.at(`/sources/${id}/write-key`), Source, { oldKeyHours }),
    onSuccess: (after) => queries.setQueryData([...here.key, "source", id], after),
  });
}

export function useEndOldKeys(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.remove(here.at(`/sources/${id}/old-keys`)),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "source", id] }),
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

export interface MappingProbe {
  topics: z.input<typeof DeviceTopic>[];
  topic: string;
  payload: string;
}

/** What one message would become; asked while the mapping is being written. */
export function useReading(probe: MappingProbe | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "device-reading", probe],
    queryFn: () => api.post(here.at("/sources/devices/test-mapping"), DeviceReading, probe),
    enabled: probe !== null,
    retry: false,
    placeholderData: (before) => before,
  });
}

export function useTestConnection() {
  const here = useHere();
  return useMutation({
    mutationFn: (test: { device: z.input<typeof DeviceSettings>; source?: string }) =>
      api.post(here.at("/sources/devices/test-connection"), ConnectionReport, test),
  });
}
