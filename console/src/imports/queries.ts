import { type ColumnMapping, Import, ImportPreset, ImportPreview } from "@stork/contract/imports.ts";
import { type NewMapping, Preset, SavedMapping, SuggestedMapping } from "@stork/contract/mappings.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { z } from "zod";
import { api, upload } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export const isActive = (status: Import["status"]): boolean =>
  status === "waiting" || status === "running" || status === "undoing";

export function useImports() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "imports"],
    queryFn: ({ signal }) => api.get(here.at("/imports"), listOf(Import), { signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => isActive(one.status)) ? 2_000 : 30_000),
  });
}

export function useImport(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  const one = useQuery({
    queryKey: [...here.key, "import", id],
    queryFn: ({ signal }) => api.get(here.at(`/imports/${id}`), Import, { signal }),
    refetchInterval: ({ state: { data } }) =>
      data === undefined ? false : isActive(data.status) || data.settling === true ? 800 : false,
  });
  const waits = one.data?.inQuarantine;
  // What waits in the quarantine is told beside its tab, too.
  useEffect(() => {
    if (waits !== undefined) void queries.invalidateQueries({ queryKey: [...here.key, "quarantine"] });
  }, [waits, queries, here]);
  return one;
}

export function usePresets() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "presets"],
    queryFn: ({ signal }) => api.get(here.at("/import-presets"), listOf(ImportPreset), { signal }),
    staleTime: 300_000,
  });
}

/** How much of some files is there; total 0 before anything is. */
export interface Uploading {
  sent: number;
  total: number;
  secondsLeft: number | null;
}

const nothingSent: Uploading = { sent: 0, total: 0, secondsLeft: null };
/** Before so long nobody can tell how fast it will be. */
const firstMs = 2_000;

/** Sends the files and learns what an import would find; `stop` breaks it off. */
export function usePreviewFiles() {
  const here = useHere();
  const [uploading, setUploading] = useState(nothingSent);
  const stopping = useRef(new AbortController());
  const preview = useMutation({
    mutationFn: ({ preset, files }: { preset: string; files: readonly File[] }) => {
      const form = new FormData();
      form.set("preset", preset);
      for (const file of files) form.append("files", file, file.name);
      setUploading(nothingSent);
      stopping.current = new AbortController();
      const began = performance.now();
      const tell = (sent: number, total: number) => {
        const took = performance.now() - began;
        const secondsLeft =
          took < firstMs || sent === 0 ? null : Math.ceil((((total - sent) / sent) * took) / 1000);
        setUploading({ sent, total, secondsLeft });
      };
      return upload<ImportPreview>(here.at("/imports/preview"), form, tell, stopping.current.signal);
    },
  });
  const stop = () => {
    stopping.current.abort();
    preview.reset();
  };
  return { preview, uploading, stop };
}

/** What a person chose over what was recognised: the preset, a saved mapping, columns and sheets by file. */
export interface Choice {
  preset: string;
  /** What single files are, where it is something else than the rest. */
  presets: Record<string, string>;
  mapping?: string;
  mappings: Record<string, ColumnMapping[]>;
  sheets: Record<string, string>;
}

/**
 * The outlook for another choice; the one before stays on the screen meanwhile, unless files were opened since: `opened`
 * says how often.
 */
export function useOutlook(first: ImportPreview, opened: number, choice: Choice | null) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "outlook", first.upload, opened, choice],
    queryFn: () =>
      choice === null
        ? Promise.resolve(first)
        : api.post(here.at(`/imports/preview/${first.upload}`), ImportPreview, choice),
    initialData: choice === null ? first : undefined,
    placeholderData: (before, query) => (query?.queryKey.at(-2) === opened ? before : undefined) ?? first,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** Gives the password of a file; nothing of it is kept once the answer is there. */
export function useUnlock(upload: string) {
  const here = useHere();
  return useMutation({
    gcTime: 0,
    mutationFn: ({ password, choice }: { password: string; choice: Choice }) =>
      api.post(here.at(`/imports/preview/${upload}/unlock`), ImportPreview, { ...choice, password }),
  });
}

/** What each column probably is, how surely and why. */
export function useSuggestions(columns: readonly string[], rows: readonly string[][]) {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "suggest", columns, rows],
    queryFn: () => api.post(here.at("/mappings/suggest"), SuggestedMapping, { columns, rows }),
    enabled: columns.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

export function useSavedMappings() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "mappings"],
    queryFn: ({ signal }) => api.get(here.at("/mappings"), listOf(SavedMapping), { signal }),
    staleTime: 60_000,
    retry: false,
  });
}

/** What kind of record each report of a preset is; a mapping is kept under it. */
export function useReports() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "preset-reports"],
    queryFn: ({ signal }) => api.get(here.at("/presets"), listOf(Preset), { signal }),
    staleTime: 300_000,
    retry: false,
  });
}

export function useSaveMapping() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (mapping: z.infer<typeof NewMapping>) =>
      api.post(here.at("/mappings"), SavedMapping, mapping),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "mappings"] }),
  });
}

export function useStartImport() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (start: { upload: string; files: string[] } & Choice) =>
      api.post(here.at("/imports"), Import, start),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "imports"] }),
  });
}

type Action = { kind: "cancel" } | { kind: "undo" } | { kind: "decide"; decision: string; answer: string };

export function useImportAction(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: Action) =>
      action.kind === "decide"
        ? api.post(here.at(`/imports/${id}/decisions/${action.decision}`), Import, { answer: action.answer })
        : api.post(here.at(`/imports/${id}/${action.kind}`), Import),
    onSuccess: (after) => {
      queries.setQueryData([...here.key, "import", id], after);
      // What is told of one import alone, such as rows still being written, is asked for.
      void queries.invalidateQueries({ queryKey: [...here.key, "import", id] });
      void queries.invalidateQueries({ queryKey: [...here.key, "imports"] });
      void queries.invalidateQueries({ queryKey: [...here.key, "quarantine"] });
    },
  });
}
