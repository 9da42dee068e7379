import type { Scope } from "@stork/contract/access.ts";
import type { Key } from "../i18n/messages.ts";

export interface Tab {
  id: string;
  path: string;
  label: Key;
  scope: Scope;
}

/** The pages of the data room, in the order in which data is brought, mended, trusted, understood and kept. */
export const tabs: readonly Tab[] = [
  { id: "sources", path: "/data/sources", label: "data.sources", scope: "collect:read" },
  { id: "imports", path: "/data/imports", label: "data.imports", scope: "collect:read" },
  { id: "quarantine", path: "/data/quarantine", label: "data.quarantine", scope: "collect:read" },
  { id: "quality", path: "/data/quality", label: "data.quality", scope: "collect:read" },
  { id: "dictionary", path: "/data/dictionary", label: "data.dictionary", scope: "collect:read" },
  { id: "storage", path: "/data/storage", label: "data.storage", scope: "settings:read" },
];
