import { type ColumnMapping, Import, ImportPreset, type ImportPreview } from "@stork/contract/imports.ts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, upload } from "../api/client.ts";
import { listOf } from "../api/list.ts";
import { useHere } from "../shell/session.tsx";

export const isActive = (status: Import["status"]): boolean => status === "waiting" || status === "running";

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
  return useQuery({
    queryKey: [...here.key, "import", id],
    queryFn: ({ signal }) => api.get(here.at(`/imports/${id}`), Import, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isActive(state.data.status) ? 800 : false),
  });
}

export function usePresets() {
  const here = useHere();
  return useQuery({
    queryKey: [...here.key, "presets"],
    queryFn: ({ signal }) => api.get(here.at("/import-presets"), listOf(ImportPreset), { signal }),
    staleTime: 300_000,
  });
}

/** Sends the files and learns what an import would find; `share` is how much of them is up. */
export function usePreviewFiles() {
  const here = useHere();
  const [share, setShare] = useState(0);
  const preview = useMutation({
    mutationFn: ({ preset, files }: { preset: string; files: readonly File[] }) => {
      const form = new FormData();
      form.set("preset", preset);
      for (const file of files) form.append("files", file, file.name);
      setShare(0);
      return upload<ImportPreview>(here.at("/imports/preview"), form, setShare);
    },
  });
  return { preview, share };
}

export function useStartImport() {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (start: { upload: string; preset: string; mappings: Record<string, ColumnMapping[]> }) =>
      api.post(here.at("/imports"), Import, start),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...here.key, "imports"] }),
  });
}

export function useImportAction(id: string) {
  const here = useHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: { kind: "cancel" } | { kind: "decide"; decision: string; answer: string }) =>
      action.kind === "cancel"
        ? api.post(here.at(`/imports/${id}/cancel`), Import)
        : api.post(here.at(`/imports/${id}/decisions/${action.decision}`), Import, { answer: action.answer }),
    onSuccess: (after) => {
      queries.setQueryData([...here.key, "import", id], after);
      void queries.invalidateQueries({ queryKey: [...here.key, "imports"] });
    },
  });
}
