import type { RightKind } from "@stork/contract/rights.ts";
import type { Answer } from "./answer.ts";
import { correct } from "./answers/correct.store.ts";
import { erase } from "./answers/erase.store.ts";
import { access, copy, explain } from "./answers/hand-over.ts";
import { nonPersonalised, object } from "./answers/say-no.store.ts";

export const answers = {
  access,
  copy,
  correct,
  delete: erase,
  explain,
  "non-personalised": nonPersonalised,
  object,
} as const satisfies Record<RightKind, Answer>;
