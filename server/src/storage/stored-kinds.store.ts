import type { StoredKind } from "@stork/contract/storage.ts";
import { events } from "./kinds/events.store.ts";
import { memberships } from "./kinds/memberships.store.ts";
import { quality } from "./kinds/quality.store.ts";
import { quarantine } from "./kinds/quarantine.store.ts";
import { rawFiles } from "./kinds/raw-files.store.ts";
import { records } from "./kinds/records.store.ts";
import type { KindOfStorage } from "./stored-kind.ts";

/** Every kind of data that has a life cycle; leaving one out is a compile error. */
const storedKinds = {
  ...{ events, records, memberships, quality, quarantine },
  "raw-files": rawFiles,
} as const satisfies Record<StoredKind, KindOfStorage>;

export const kindOf = (kind: StoredKind): KindOfStorage => storedKinds[kind];
export const kindNames = Object.keys(storedKinds) as StoredKind[];
