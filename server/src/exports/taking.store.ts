import { dateIn } from "../catalog/calendar.ts";
import type { Caller } from "../platform/caller.ts";
import type { Clock } from "../platform/clock.ts";
import { byteOrderMark, csvLine } from "../platform/csv-line.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { findBarred } from "../privacy/leave.store.ts";
import { look } from "../privacy/look.store.ts";
import { masked } from "../privacy/sight.ts";
import { noteHeldBack } from "../privacy/stops.store.ts";
import { listMembers } from "../segments/membership.store.ts";
import { cellOf } from "./columns.ts";
import { beginTaking, noteTaking, type StoredExport } from "./exports.store.ts";
import { findKnown, type KnownParts } from "./known.store.ts";

export interface TakingParts extends KnownParts {
  readonly clock: Clock;
  /** How many persons are asked about at once. */
  readonly slice?: number;
}

/**
 * The rows of an export as they are now, a slice of persons at a time. Right before a slice is handed out it is asked
 * who of it may leave: who withdrew, fell silent or was erased since the export began is not in it.
 */
export async function* takeExport(
  parts: TakingParts,
  { workspace, caller }: { workspace: WorkspaceRef; caller: Caller },
  asked: StoredExport,
): AsyncGenerator<string> {
  const { db, clickhouse, clock, slice = 500 } = parts;
  const taking = await beginTaking(db, asked.id, caller.who, clock.now());
  const left: Record<string, number> = {};
  let rows = 0;
  yield byteOrderMark + csvLine(asked.columns);
  for (let after = 0; ; ) {
    const range = { after, limit: slice };
    const members = (await listMembers(clickhouse, workspace.id, asked.segment, range)).map(
      ({ person }) => person,
    );
    const last = members.at(-1);
    if (last === undefined) break;
    after = last;
    const on = dateIn(workspace.timeZone, clock.now());
    const known = await findKnown(parts, workspace.id, members, asked.columns, on);
    const barred = await findBarred(db, workspace.id, members, asked.purpose);
    for (const reason of barred.values()) left[reason] = (left[reason] ?? 0) + 1;
    const item = { kind: "export", ref: String(asked.id), name: asked.segmentName, times: 1 } as const;
    const silent = [...barred].filter(([, reason]) => reason === "silence");
    await noteHeldBack(
      db,
      workspace.id,
      silent.map(([person]) => ({ person, item })),
      clock.now(),
    );
    // A person joined to another since the segment was worked out has no identifiers of its own any more.
    const leaving = known.filter(({ person, identifiers }) => !barred.has(person) && identifiers.length > 0);
    const sight = asked.whole
      ? await look(db, {
          ...{
            workspace: workspace.id,
            caller,
            purpose: "export",
            what: `export ${asked.id}`,
            at: clock.now(),
          },
          persons: leaving.map(({ person }) => person),
        })
      : masked;
    rows += leaving.length;
    await noteTaking(db, taking, { rows, left, complete: false });
    yield leaving.map((one) => csvLine(asked.columns.map((column) => cellOf(column, one, sight)))).join("");
  }
  await noteTaking(db, taking, { rows, left, complete: true });
}
