import type { Entry, Step } from "@stork/contract/journeys.ts";

/** What an editor of one kind of entry or step is given. */
export interface PartEditorProps<Part extends Entry | Step> {
  /** What the ids of its fields begin with. */
  id: string;
  value: Part;
  onChange(next: Part): void;
}
