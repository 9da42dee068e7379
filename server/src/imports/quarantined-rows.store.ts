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
import { blames, refusedRowLabel } from "./refused-rows.ts";

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
      return fieldsOf(cellsOf(held), await homeOf(held), held.code);
    },
    async change(held, changes) {
      const names = columnsOf(cellsOf(held), await homeOf(held));
      return names.map((name, at) =>
        Object.hasOwn(changes, name) ? changes[name] : (cellsOf(held)[at] ?? ""),
      );
    },
    async replay(workspace, items) {
      const outcomes = new Map<Held, Replayed>();
      for (const of of await byFile(items)) await replayRecords(workspace, of, outcomes);
      return items.map((one) => outcomes.get(one) ?? { refused: "file-unknown" });
    },
  };

  /** The records of a file that were read in the same moment: what is committed together. */
  async function byFile(items: readonly Held[]): Promise<{ found: Home | null; of: Held[][] }[]> {
    const groups = Map.groupBy(byRecord(items), ([first]) =>
      [first?.import, first?.file, first?.source, first?.at.getTime()].join(),
    );
    const homes = new Map<string, Home | null>();
    const files: { found: Home | null; of: Held[][] }[] = [];
    for (const of of groups.values()) {
      const first = of[0]?.[0] as Held;
      const key = `${first.import} ${first.file}`;
      const found = homes.has(key) ? (homes.get(key) ?? null) : await homeOf(first);
      homes.set(key, found);
      files.push({ found, of });
    }
    return files;
  }

  async function replayRecords(
    workspace: WorkspaceRef,
    { found, of }: { found: Home | null; of: readonly Held[][] },
    outcomes: Map<Held, Replayed>,
  ): Promise<void> {
    const settle = (rows: readonly Held[], outcome: Replayed) => {
      for (const one of rows) outcomes.set(one, outcome);
    };
    if (found === null) {
      for (const rows of of) settle(rows, { refused: "file-unknown" });
      return;
    }
    const { kind, file } = found;
    const first = of[0]?.[0] as Held;
    // As of when the file was read: what came later, a correction by another file, still wins over it.
    const received = first.at.getTime();
    const taken: { rows: readonly Held[]; read: StatedRecord }[] = [];
    for (const rows of of) {
      const cells = rows.map((one) => rowOf({ places: file.places, header: file.header }, cellsOf(one)));
      const read = kind.read(cells, { zone: workspace.timeZone, now: received });
      if (isRefused(read)) settle(rows, { refused: read.refused });
      else taken.push({ rows, read });
    }
    const origin = { workspace: workspace.id, source: first.source, import: first.import ?? 0, received };
    const done = await records.commit(
      origin,
      taken.map(({ read }) => read),
    );
    for (const [i, { rows }] of taken.entries())
      settle(rows, done[i]?.outcome === "nobody" ? { refused: "unusable-identifier" } : "taken");
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

function fieldsOf(cells: readonly string[], found: Home | null, code: string): HeldField[] {
  const targetAt = new Map(found?.file.places.map(([target, at]) => [at, target]));
  const personal = new Set(found?.kind.targets.filter((target) => target.personal).map(({ id }) => id));
  return columnsOf(cells, found).map((name, at) => {
    const target = targetAt.get(at) ?? null;
    const isPersonal = found === null || identifyingKey(name) || (target !== null && personal.has(target));
    const isBlamed = target !== null && blames(code, target);
    return { name, value: cells[at] ?? "", personal: isPersonal, target, isBlamed };
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
