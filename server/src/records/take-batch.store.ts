import {
  mostRecords,
  type RecordBatchAnswer,
  type RecordInput,
  type RecordKindId,
  recordSchemas,
} from "@stork/contract/records.ts";
import { quarantine } from "../events/quarantine.store.ts";
import type { Refused } from "../events/quarantine.ts";
import { fileSource } from "../events/sources.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Clock } from "../platform/clock.ts";
import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { isRefusedRecord } from "./kind.ts";
import { stateRecord } from "./kinds.ts";
import type { StatedRecord } from "./record.ts";
import type { Records } from "./records.store.ts";
import { tooManyRecords } from "./refusals.ts";
import { type RefusedRecordCode, refusedRecords } from "./refused-records.ts";

export interface BatchDeps {
  db: Db;
  vault: Vault;
  clock: Clock;
  records: Pick<Records, "commit">;
}

interface Fault {
  code: RefusedRecordCode;
  path?: string;
}

/** One item as it was sent, in its canonical form or why not. */
export function readItem(
  kind: RecordKindId,
  item: unknown,
  context: { zone: string; now: number },
): StatedRecord | Fault {
  const parsed = recordSchemas[kind].safeParse(item);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = pathOf(issue?.path ?? []);
    return { code: "records/invalid", ...(path === "" ? {} : { path }) };
  }
  const stated = stateRecord(kind, parsed.data as RecordInput<typeof kind>, context);
  return isRefusedRecord(stated) ? { code: stated.refused, path: stated.path } : stated;
}

const isFault = (read: StatedRecord | Fault): read is Fault => "code" in read;

/** items[0].quantity; keys that the sender chose freely may be anything and are not repeated. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${String(step).slice(0, 40)}`))
    .join("")
    .replace(/^\./, "");

/** Commits what can be read of a batch; the rest is answered by its index and kept in the quarantine. */
export async function takeBatch(
  { db, vault, clock, records }: BatchDeps,
  workspace: WorkspaceRef,
  kind: RecordKindId,
  items: readonly unknown[],
  language: "zh" | "en",
): Promise<RecordBatchAnswer> {
  if (items.length > mostRecords)
    throw new Refusal(tooManyRecords, { most: mostRecords, given: items.length });
  const at = clock.now();
  const context = { zone: workspace.timeZone, now: at.getTime() };
  const source = (await fileSource(db, workspace.id, "API", at, "api")).id;
  const faults: (Fault & { index: number })[] = [];
  const stated: StatedRecord[] = [];
  const places: number[] = [];
  for (const [index, item] of items.entries()) {
    const read = readItem(kind, item, context);
    if (isFault(read)) faults.push({ ...read, index });
    else {
      stated.push(read);
      places.push(index);
    }
  }
  const origin = { workspace: workspace.id, source, import: 0, received: at.getTime() };
  const committed = await records.commit(origin, stated);
  const counts = { added: 0, changed: 0, unchanged: 0, older: 0 };
  for (const [i, { outcome }] of committed.entries()) {
    if (outcome === "nobody") faults.push({ code: "records/nobody", index: places[i] as number });
    else counts[outcome] += 1;
  }
  faults.sort((a, b) => a.index - b.index);
  const refused = faults.map(
    ({ code, index }): Refused => ({
      ...{ workspace: workspace.id, source, kind: "record", code, at },
      item: { kind, record: items[index] },
    }),
  );
  if (refused.length > 0) await quarantine({ db, vault }, refused);
  return {
    accepted: items.length - faults.length,
    ...counts,
    rejected: faults.map((fault) => ({ ...fault, message: refusedRecords[fault.code][language] })),
  };
}
