import {
  Consents,
  PreferenceLink,
  Silence,
  SilenceProof,
  type StateConsent,
} from "@stork/contract/privacy.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

/** What is said of a person changes her page and her families' row. */
function useAgain() {
  const here = useHere();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: here.key });
}

export function useConsents(person: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "consents", person],
    queryFn: ({ signal }) => api.get(here.at(`/persons/${person}/consents`), Consents, { signal }),
  });
}

export function useStateConsent(person: string) {
  const here = useHere();
  const onSuccess = useAgain();
  return useMutation({
    mutationFn: (said: z.input<typeof StateConsent>) =>
      api.post(here.at(`/persons/${person}/consents`), null, said),
    onSuccess,
  });
}

export function useKeepSilence(person: string) {
  const here = useHere();
  const onSuccess = useAgain();
  return useMutation({
    mutationFn: (child: string | null) =>
      api.post(here.at(`/persons/${person}/silence`), Silence, child === null ? {} : { child }),
    onSuccess,
  });
}

export function useEndSilence(id: string) {
  const here = useHere();
  const onSuccess = useAgain();
  return useMutation({
    mutationFn: (reason: string) => api.post(here.at(`/silences/${id}/end`), Silence, { reason }),
    onSuccess,
  });
}

export function useProof(id: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "silence", id],
    queryFn: ({ signal }) => api.get(here.at(`/silences/${id}`), SilenceProof, { signal }),
  });
}

export function usePreferenceLink(person: string) {
  const here = useHere();
  return useMutation({
    mutationFn: () => api.post(here.at(`/persons/${person}/preference-link`), PreferenceLink),
    gcTime: 0,
  });
}
