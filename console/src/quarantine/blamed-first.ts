import type { QuarantineDetail } from "@stork/contract/quarantine.ts";

/** What is to be mended stands at the top: a row may have forty columns. */
export const blamedFirst = (fields: QuarantineDetail["fields"]): QuarantineDetail["fields"] =>
  [...fields].sort((a, b) => Number(b.blamed === true) - Number(a.blamed === true));
