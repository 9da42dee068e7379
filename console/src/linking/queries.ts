import { LinkCard, type LinkThresholds } from "@stork/contract/linking.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

export function useLinkCard() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "linking"],
    queryFn: ({ signal }) => api.get(here.at("/linking"), LinkCard, { signal }),
    refetchInterval: ({ state }) => (state.data?.run.state === "running" ? 2_000 : 30_000),
  });
}

export function useLinkRun() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.post(here.at("/linking/run"), LinkCard, {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "linking"] }),
  });
}

export function useSetThresholds() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (thresholds: LinkThresholds) => api.put(here.at("/linking/thresholds"), LinkCard, thresholds),
    onSuccess: (card) => queries.setQueryData([...here.key, "linking"], card),
  });
}
