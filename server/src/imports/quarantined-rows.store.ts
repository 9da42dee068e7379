import type { Held, HeldField, QuarantinedKind, Replayed } from "../events/quarantine.ts";
import { identifyingKey } from "../people/personal.ts";
import type { Db } from "../platform/postgres.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import type { StatedRecord } from "../records/record.ts";
import type { Records } from "../records/records.store.ts";
import { findImport, type ImportRow } from "./imports.store.ts";
import type { RecordKind } from "./preset.ts";
import { presetOf } from "./presets.ts";
import { isRefused, rowOf } from "./reading/gather.ts";
import type { ImportFile } from "./reading/progress.ts";
import { refusedRowLabel } from "./refused-rows.ts";

export interface QuarantinedRowsDeps {
  db: Db;
  records: Pick<Records, "commit">;
}

/** Where a row came from: its file, and how the file was read. */
interface Home {
  file: ImportFile;
  kind: RecordKind;
}

/** Refused rows of files: shown by column, read again by their preset, committed under their import. */
export function quarantinedRows({ db, records }: QuarantinedRowsDeps): QuarantinedKind {
  const homeOf = async (held: Pick<Held, "import" | "file">): Promise<Home | null> =>
    held.import === null ? null : home(await findImport(db, held.import), held.file ?? 0);
  return {
    reason: refusedRowLabel,
    groups: true,
    async fields(held) {
      return fieldsOf(cellsOf(held), await homeOf(held));
    },
    async change(held, changes) {
      const names = columnsOf(cellsOf(held), await homeOf(held));
      return names.map((name, at) =>
        Object.hasOwn(changes, name) ? changes[name] : (cellsOf(held)[at] ?? ""),
      );
    },
    async replay(workspace, items) {
      const outcomes = new Map<Held, Replayed>();
      for (const of of byRecord(items)) {
        const found = await homeOf(of[0] as Held);
        const outcome =
          found === null ? { refused: "file-unknown" } : await replayRecord(found, workspace, of);
        for (const one of of) outcomes.set(one, outcome);
      }
      return items.map((one) => outcomes.get(one) ?? { refused: "file-unknown" });
    },
  };

  async function replayRecord(
    { kind, file }: Home,
    workspace: WorkspaceRef,
    rows: readonly Held[],
  ): Promise<Replayed> {
    const [first] = rows as [Held];
    // As of when the file was read: what came later, a correction by another file, still wins over it.
    const received = first.at.getTime();
    const cells = rows.map((one) => rowOf({ places: file.places, header: file.header }, cellsOf(one)));
    const read = kind.read(cells, { zone: workspace.timeZone, now: received });
    if (isRefused(read)) return { refused: read.refused };
    const origin = {
      workspace: workspace.id,
      source: first.source,
      import: first.import ?? 0,
      received,
    };
    const [done] = await records.commit(origin, [read satisfies StatedRecord]);
    return done?.outcome === "nobody" ? { refused: "unusable-identifier" } : "taken";
  }
}

function home(row: ImportRow | null, at: number): Home | null {
  const file = row?.files[at];
  if (row === null || file === undefined) return null;
  const kind = presetOf(file.preset ?? row.preset)?.kinds.find(({ id }) => id === file.record);
  return kind === undefined ? null : { file, kind };
}

const cellsOf = ({ item }: Pick<Held, "item">): string[] => (Array.isArray(item) ? item.map(String) : []);

const columnsOf = (cells: readonly string[], found: Home | null): string[] =>
  Array.from(
    { length: Math.max(cells.length, found?.file.header.length ?? 0) },
    (_, at) => found?.file.header[at] || `(${at + 1})`,
  );

function fieldsOf(cells: readonly string[], found: Home | null): HeldField[] {
  const targetAt = new Map(found?.file.places.map(([target, at]) => [at, target]));
  const personal = new Set(found?.kind.targets.filter((target) => target.personal).map(({ id }) => id));
  return columnsOf(cells, found).map((name, at) => {
    const target = targetAt.get(at) ?? null;
    const isPersonal = found === null || identifyingKey(name) || (target !== null && personal.has(target));
    return { name, value: cells[at] ?? "", personal: isPersonal, target };
  });
}

/** The rows of one record together, in the order of the file. */
function byRecord(items: readonly Held[]): Held[][] {
  const records = new Map<string, Held[]>();
  for (const one of items) {
    const key = one.recordLine === null ? `${one.id}` : `${one.import} ${one.file} ${one.recordLine}`;
    const found = records.get(key);
    if (found === undefined) records.set(key, [one]);
    else found.push(one);
  }
  return [...records.values()].map((of) => of.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}
