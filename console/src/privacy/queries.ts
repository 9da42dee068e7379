import {
  type ConsentRequest,
  ConsentRequests,
  Consents,
  ConsentTexts,
  ConsentWords,
  ListedSilences,
  type NewConsentText,
  OwedAnswers,
  PreferenceLink,
  type Purpose,
  Silence,
  SilenceProof,
  type StateConsent,
} from "@stork/contract/privacy.ts";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
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

export function useConsentTexts() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "consent-texts"],
    queryFn: ({ signal }) => api.get(here.at("/consent-texts"), ConsentTexts, { signal }),
  });
}

export function useWriteText(purpose: Purpose) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (text: z.input<typeof NewConsentText>) =>
      api.put(here.at(`/consent-texts/${purpose}`), ConsentTexts, text),
    onSuccess: (texts) => queries.setQueryData([...here.key, "consent-texts"], texts),
  });
}

/** Who read a version of a text, and what they said. */
export function useTextWords(purpose: Purpose, version: number, state: "granted" | "withdrawn" | null) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "consent-words", purpose, version, state],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/consent-words"), ConsentWords, {
        signal,
        query: { purpose, version, state, after: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

/** Whose yes was to an older text than the one that asks again. */
export function useOwing(purpose: Purpose) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "consent-owing", purpose],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/consent-owing"), OwedAnswers, { signal, query: { purpose, after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

export function useConsentRequests(show: "open" | "answered") {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "consent-requests", show],
    queryFn: ({ signal }) =>
      api.get(here.at("/consent-requests"), ConsentRequests, { signal, query: { show } }),
    enabled: here.can("people:read"),
  });
}

export function useAnswerRequest() {
  const here = useHere();
  const onSuccess = useAgain();
  return useMutation({
    mutationFn: ({ id, state }: { id: string; state: NonNullable<ConsentRequest["answer"]> }) =>
      api.post(here.at(`/consent-requests/${id}/answer`), null, { state }),
    onSuccess,
  });
}

export function useSilences() {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "silences"],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/silences"), ListedSilences, { signal, query: { after: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}
