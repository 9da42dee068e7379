import type { Words } from "@stork/contract/common.ts";
import type { Sensitivity, ValueType } from "@stork/contract/dictionary.ts";

/** What Stork knows of a name before anybody has said a word. */
export interface Known {
  label: Words;
  meaning: Words;
  type?: ValueType;
  /** Other types that mean the same and are read alike. */
  also?: readonly ValueType[];
  unit?: string;
  sensitivity?: Sensitivity;
}
