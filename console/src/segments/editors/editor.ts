import type { Condition } from "@stork/contract/segments.ts";

/** What an editor of one kind of condition is given. */
export interface EditorProps<C extends Condition> {
  value: C;
  onChange(next: C): void;
}
