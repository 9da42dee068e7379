import {
  type CarerRole,
  ChildHistory,
  ChildNotes,
  type CorrectChild,
  Family,
  type NoteKind,
} from "@stork/contract/families.ts";
import { FamilyCalendar, type SetStageCalendar, StageCalendar } from "@stork/contract/stage-calendar.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { z } from "zod";
import { api } from "../api/client.ts";
import { useHere } from "../shell/session.tsx";

/** What is said of a child in the form; the server knows what can be. */
export type ChildWords = Partial<CorrectChild> & { twin?: boolean };

export function useFamily(person: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "person", person, "family"],
    queryFn: ({ signal }) => api.get(here.at(`/families/${person}`), Family, { signal }),
  });
}

export function useComing(person: string) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "person", person, "calendar"],
    queryFn: ({ signal }) =>
      api.get(here.at(`/families/${person}/calendar`), FamilyCalendar, { signal, query: { days: 90 } }),
  });
}

export function useHistory(person: string, child: string, open: boolean) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "person", person, "history", child],
    queryFn: ({ signal }) =>
      api.get(here.at(`/families/${person}/children/${child}/history`), ChildHistory, { signal }),
    enabled: open,
  });
}

/** Changes of a family; whatever is shown of it is asked anew. */
export function useFamilyActions(person: string) {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [here.key[0], "person", person] });
  const at = (path: string) => here.at(`/families/${person}${path}`);
  const because = (reason: string) => (reason === "" ? "" : `?reason=${encodeURIComponent(reason)}`);
  return {
    add: useMutation({
      mutationFn: (said: ChildWords) => api.post(at("/children"), z.object({ id: z.string() }), said),
      onSuccess,
    }),
    correct: useMutation({
      mutationFn: ({ child, said }: { child: string; said: ChildWords }) =>
        api.patch(at(`/children/${child}`), null, said),
      onSuccess,
    }),
    takeAway: useMutation({
      mutationFn: ({ child, reason }: { child: string; reason: string }) =>
        api.remove(at(`/children/${child}${because(reason)}`)),
      onSuccess,
    }),
    giveBack: useMutation({
      mutationFn: (child: string) => api.post(at(`/children/${child}/restore`), null),
      onSuccess,
    }),
    join: useMutation({
      mutationFn: ({ other, role }: { other: string; role: CarerRole }) =>
        api.put(at(`/carers/${other}`), null, { role }),
      onSuccess,
    }),
    leave: useMutation({
      mutationFn: ({ other, reason }: { other: string; reason: string }) =>
        api.remove(at(`/carers/${other}${because(reason)}`)),
      onSuccess,
    }),
    share: useMutation({
      mutationFn: ({ child, other, role }: { child: string; other: string; role: CarerRole }) =>
        api.put(at(`/children/${child}/carers/${other}`), null, { role }),
      onSuccess,
    }),
    unshare: useMutation({
      mutationFn: ({ child, other }: { child: string; other: string }) =>
        api.remove(at(`/children/${child}/carers/${other}`)),
      onSuccess,
    }),
    undo: useMutation({
      mutationFn: (change: string) => api.post(at(`/changes/${change}/undo`), null),
      onSuccess,
    }),
  };
}

/** Asked for by a button: each look is written down. Kept out of the cache, so that closing forgets them. */
export function useNotes(person: string, child: string) {
  const here = useHere();
  return useMutation({
    mutationFn: () => api.post(here.at(`/families/${person}/children/${child}/notes/reveal`), ChildNotes),
    gcTime: 0,
  });
}

export function useNoteActions(person: string, child: string) {
  const here = useHere();
  const queries = useQueryClient();
  const onSuccess = () => queries.invalidateQueries({ queryKey: [here.key[0], "person", person] });
  const at = (kind: NoteKind) => here.at(`/families/${person}/children/${child}/notes/${kind}`);
  return {
    keep: useMutation({
      mutationFn: ({ kind, text }: { kind: NoteKind; text: string }) => api.put(at(kind), null, { text }),
      onSuccess,
    }),
    drop: useMutation({ mutationFn: (kind: NoteKind) => api.remove(at(kind)), onSuccess }),
  };
}

const calendarKey = "stage-calendar";

export function useStageCalendar() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, calendarKey],
    queryFn: ({ signal }) => api.get(here.at("/stage-calendar"), StageCalendar, { signal }),
  });
}

export function useSetStageCalendar() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (wanted: SetStageCalendar) => api.put(here.at("/stage-calendar"), StageCalendar, wanted),
    onSuccess: (calendar) => queries.setQueryData([...here.key, calendarKey], calendar),
    onError: () => queries.invalidateQueries({ queryKey: [...here.key, calendarKey] }),
  });
}
