import type { English } from "../i18n/english.ts";
import type { zh } from "./messages.zh.ts";

export const en: English<typeof zh> = {
  "data.tabs": "Parts of the data room",
  "data.sources": "Sources",
  "data.imports": "Imports",
  "data.quarantine": "Quarantine",
  "data.quality": "Quality",
  "data.dictionary": "Dictionary",
  "data.storage": "Storage",
};
