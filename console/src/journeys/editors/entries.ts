import type { Entry, EntryKind } from "@stork/contract/journeys.ts";
import type { ComponentType } from "react";
import type { PartEditorProps } from "./editor.ts";
import { DateEntryEditor } from "./entry-date.tsx";
import { EventEntryEditor } from "./entry-event.tsx";
import { SegmentEntryEditor } from "./entry-segment.tsx";
import { StageEntryEditor } from "./entry-stage.tsx";

/** The editor of each way in; forgetting one does not compile. In the order in which they are offered. */
export const entryEditors: {
  [K in EntryKind]: ComponentType<PartEditorProps<Extract<Entry, { kind: K }>>>;
} = {
  event: EventEntryEditor,
  segment: SegmentEntryEditor,
  stage: StageEntryEditor,
  date: DateEntryEditor,
};
