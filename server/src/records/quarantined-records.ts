import { RecordKindId } from "@stork/contract/records.ts";
import { changed, fieldsOf, type Held, type QuarantinedKind, type Replayed } from "../events/quarantine.ts";
import { identifyingKey, looksPersonal } from "../people/personal.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import type { Committed, RecordOrigin, StatedRecord } from "./record.ts";
import { refusedRecords } from "./refused-records.ts";

interface Parts {
  readItem(
    kind: RecordKindId,
    item: unknown,
    context: { zone: string; now: number },
  ): StatedRecord | { code: string };
  commit(origin: RecordOrigin, records: readonly StatedRecord[]): Promise<Committed[]>;
}

const itemOf = (item: unknown): { kind: RecordKindId; record: unknown } | null => {
  const { kind, record } = (item ?? {}) as { kind?: unknown; record?: unknown };
  const known = RecordKindId.safeParse(kind);
  return known.success ? { kind: known.data, record } : null;
};

/**
 * Records refused by the API: shown value by value, put right, and taken as of when they came, so that what lay here
 * does not win over what was said of the same record since.
 */
export function quarantinedRecords({ readItem, commit }: Parts): QuarantinedKind {
  /** What one source sent in one batch: committed together, as it would have been. */
  async function replayBatch(workspace: WorkspaceRef, items: readonly Held[]): Promise<Map<Held, Replayed>> {
    const { source, at } = items[0] as Held;
    const received = at.getTime();
    const outcomes = new Map<Held, Replayed>();
    const taken: { one: Held; read: StatedRecord }[] = [];
    for (const one of items) {
      const held = itemOf(one.item);
      const read =
        held === null
          ? { code: "records/invalid" }
          : readItem(held.kind, held.record, { zone: workspace.timeZone, now: received });
      if ("code" in read) outcomes.set(one, { refused: read.code });
      else taken.push({ one, read });
    }
    const done = await commit(
      { workspace: workspace.id, source, import: 0, received },
      taken.map(({ read }) => read),
    );
    for (const [i, { one }] of taken.entries())
      outcomes.set(one, done[i]?.outcome === "nobody" ? { refused: "records/nobody" } : "taken");
    return outcomes;
  }
  return {
    reason: (code) =>
      (refusedRecords as Record<string, { zh: string; en: string }>)[code] ?? { zh: code, en: code },
    groups: false,
    fields: async ({ item }) =>
      fieldsOf(itemOf(item)?.record ?? {}).map(({ name, value }) => ({
        ...{ name, value, target: name },
        personal:
          /identifiers|buyer|traits|children/.test(name) || identifyingKey(name) || looksPersonal(value),
      })),
    change: async ({ item }, changes) => {
      const held = itemOf(item);
      return held === null ? item : { kind: held.kind, record: changed(held.record, changes) };
    },
    async replay(workspace, items) {
      const outcomes = new Map<Held, Replayed>();
      const batches = Map.groupBy(items, ({ source, at }) => `${source} ${at.getTime()}`);
      for (const batch of batches.values())
        for (const [one, outcome] of await replayBatch(workspace, batch)) outcomes.set(one, outcome);
      return items.map((one) => outcomes.get(one) ?? { refused: "records/invalid" });
    },
  };
}
