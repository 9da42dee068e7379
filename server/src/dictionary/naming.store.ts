import type { Words } from "@stork/contract/common.ts";
import type { Db } from "../platform/postgres.ts";
import { findSaid } from "./entries.store.ts";
import { wordsOf } from "./entry.ts";
import { entryId } from "./entry-id.ts";
import { knownOf } from "./known.ts";

/** What a workspace calls an event and a field of it: what people say, else what Stork knows, else the name as sent. */
export async function findNaming(
  db: Db,
  workspace: number,
): Promise<(event: string, field: string) => Words> {
  const said = await findSaid(db, workspace);
  const labelOf = (kind: "event" | "property", event: string, name: string): Words => {
    const label = said.get(entryId({ kind, event, name }))?.said.label;
    return wordsOf(label, knownOf({ kind, name })?.label) ?? { zh: name, en: name };
  };
  return (event, field) => {
    const parts = [
      ...(event === "" ? [] : [labelOf("event", "", event)]),
      ...(field === "" ? [] : [labelOf("property", event, field)]),
    ];
    return {
      zh: parts.map(({ zh }) => zh).join(" · "),
      en: parts.map(({ en }) => en).join(" · "),
    };
  };
}
