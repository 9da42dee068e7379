import {
  ArchiveAnswer,
  KindOfData,
  LegalHold,
  type NewLegalHold,
  type Policy,
  PolicyPreview,
  StorageOverview,
  type StoredKind,
  TierPrices,
} from "@stork/contract/storage.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

export function useStorage() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "storage"],
    queryFn: ({ signal }) => api.get(here.at("/storage"), StorageOverview, { signal }),
    refetchInterval: ({ state }) => (state.data?.busy ? 2_000 : 30_000),
  });
}

/** What a policy would do, asked while it is being written. */
export function usePolicyPreview(kind: StoredKind, policy: Policy | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "storage-preview", kind, policy],
    queryFn: () => api.post(here.at(`/storage/policies/${kind}/preview`), PolicyPreview, policy),
    enabled: policy !== null,
    retry: false,
    placeholderData: (before) => before,
  });
}

/** Changes of how data is kept; after each, the page is asked again. */
function useStorageAction<Input, Output>(
  run: (input: Input, at: (path: string) => string) => Promise<Output>,
) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => run(input, here.at),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "storage"] }),
  });
}

export const useSetPolicy = () =>
  useStorageAction(({ kind, policy }: { kind: StoredKind; policy: Policy }, at) =>
    api.put(at(`/storage/policies/${kind}`), KindOfData, policy),
  );
export const useSetPrices = () =>
  useStorageAction((prices: TierPrices, at) => api.put(at("/storage/prices"), TierPrices, prices));
export const useRunNow = () => useStorageAction((_: undefined, at) => api.post(at("/storage/run"), null));
export const usePlaceHold = () =>
  useStorageAction((hold: z.input<typeof NewLegalHold>, at) =>
    api.post(at("/storage/holds"), LegalHold, hold),
  );
export const useReleaseHold = () =>
  useStorageAction((id: string, at) => api.post(at(`/storage/holds/${id}/release`), LegalHold));
export const useBringBack = () =>
  useStorageAction((id: string, at) => api.post(at(`/storage/archives/${id}/bring-back`), null));

export function useAskArchive() {
  const here = useHere();
  return useMutation({
    mutationFn: (question: { from?: string; to?: string; event?: string }) =>
      api.post(here.at("/storage/archives/ask"), ArchiveAnswer, question),
  });
}
