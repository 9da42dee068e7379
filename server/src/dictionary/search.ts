import type { DictionaryEntry, DictionaryPage } from "@stork/contract/dictionary.ts";
import type { z } from "zod";

export interface Asked {
  kind?: string | undefined;
  status?: string | undefined;
  sensitivity?: string | undefined;
  task?: string | undefined;
  source?: string | undefined;
  query?: string | undefined;
  after?: string | undefined;
  limit: number;
}

/** A page of the entries that fit; `counts` are by kind, of all that fit in everything but the kind. */
export function pageOfEntries(
  entries: readonly DictionaryEntry[],
  asked: Asked,
): z.infer<typeof DictionaryPage> {
  const text = asked.query?.trim().toLowerCase() ?? "";
  const fitting = entries.filter(
    (entry) =>
      (asked.status === undefined || entry.status === asked.status) &&
      (asked.sensitivity === undefined || entry.sensitivity === asked.sensitivity) &&
      (asked.task === undefined || entry.tasks.some(({ kind }) => kind === asked.task)) &&
      (asked.source === undefined || entry.seenFrom.some(({ source }) => source.id === asked.source)) &&
      (text === "" || textOf(entry).includes(text)),
  );
  const counts: Record<string, number> = {};
  for (const { kind } of fitting) counts[kind] = (counts[kind] ?? 0) + 1;
  const chosen = fitting.filter(({ kind }) => asked.kind === undefined || kind === asked.kind);
  const from = asked.after === undefined ? 0 : chosen.findIndex(({ id }) => id === asked.after) + 1;
  const items = chosen.slice(from, from + asked.limit);
  const more = from + items.length < chosen.length;
  return { items, next: more ? (items.at(-1)?.id ?? null) : null, total: chosen.length, counts };
}

const textOf = ({ name, event, label, meaning, owner }: DictionaryEntry): string =>
  [name, event, label?.zh, label?.en, meaning?.zh, meaning?.en, owner].join("\n").toLowerCase();
