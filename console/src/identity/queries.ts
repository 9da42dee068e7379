import {
  type AnswerReview,
  ChangedRules,
  type ChangeIdentityRules,
  Decided,
  DecisionPage,
  Explanation,
  type IdentityChange,
  IdentityPreview,
  IdentityRules,
  PersonGraph,
  ReviewItem,
  type ReviewKind,
  ReviewPage,
  ReviewPair,
  type ReviewState,
  RulesEffect,
} from "@stork/contract/identity.ts";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

/** A change that is thought of, or one to take back. */
export type Wanted = IdentityChange | { kind: "undo"; decision: string; otherSide?: readonly string[] };

export function useGraph(person: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "graph", person],
    queryFn: ({ signal }) => api.get(here.at(`/persons/${person}/graph`), PersonGraph, { signal }),
  });
}

export function useExplanation(person: string, pair: readonly string[]) {
  const here = useHere();
  const [a, b] = pair;
  return useQuery({
    queryKey: [...here.key, "identity", "explain", person, a, b],
    queryFn: ({ signal }) =>
      api.get(here.at(`/persons/${person}/explain`), Explanation, { signal, query: { a, b } }),
    enabled: pair.length === 2,
  });
}

export function usePreview(wanted: Wanted | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "preview", wanted],
    queryFn: () => api.post(here.at("/identity/preview"), IdentityPreview, wanted),
    enabled: wanted !== null,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
  });
}

/** After a change of who is who nothing of the workspace is sure to be as it was. */
function useAllAnew() {
  const here = useHere();
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: [here.key[0]] });
}

export function useDecide() {
  const here = useHere();
  const onSuccess = useAllAnew();
  return useMutation({
    mutationFn: ({ wanted, reason }: { wanted: Wanted; reason: string }) =>
      wanted.kind === "undo"
        ? api.post(here.at(`/identity/decisions/${wanted.decision}/undo`), Decided, {
            reason,
            otherSide: wanted.otherSide ?? [],
          })
        : api.post(here.at("/identity/decisions"), Decided, { change: wanted, reason }),
    onSuccess,
  });
}

export function useDecisions(person: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "decisions", person],
    queryFn: ({ signal }) =>
      api.get(here.at("/identity/decisions"), DecisionPage, { signal, query: { person, limit: 50 } }),
  });
}

export function useReviews(state: ReviewState, kind: ReviewKind | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "review", state, kind],
    queryFn: ({ signal }) =>
      api.get(here.at("/identity/review"), ReviewPage, { signal, query: { state, kind, limit: 100 } }),
    placeholderData: keepPreviousData,
  });
}

export function useReviewPair(review: string | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "review", "pair", review],
    queryFn: ({ signal }) => api.get(here.at(`/identity/review/${review}`), ReviewPair, { signal }),
    enabled: review !== null,
    placeholderData: keepPreviousData,
  });
}

export function useAnswer() {
  const here = useHere();
  const onSuccess = useAllAnew();
  return useMutation({
    mutationFn: ({ review, ...answer }: { review: string } & z.input<typeof AnswerReview>) =>
      api.post(here.at(`/identity/review/${review}`), ReviewItem, answer),
    onSuccess,
  });
}

export function useRules() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "identity", "rules"],
    queryFn: ({ signal }) => api.get(here.at("/identity/rules"), IdentityRules, { signal }),
  });
}

type RulesDraft = z.input<typeof ChangeIdentityRules>;

export function useRulesEffect() {
  const here = useHere();
  return useMutation({
    mutationFn: (draft: RulesDraft) => api.post(here.at("/identity/rules/preview"), RulesEffect, draft),
  });
}

export function useSaveRules() {
  const here = useHere();
  const onSuccess = useAllAnew();
  return useMutation({
    mutationFn: (draft: RulesDraft) => api.put(here.at("/identity/rules"), ChangedRules, draft),
    onSuccess,
  });
}
