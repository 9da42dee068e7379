import type { JourneyRun, RunState } from "@stork/contract/journeys.ts";
import { sql } from "kysely";
import type { Db } from "../platform/postgres.ts";
import { findFaces } from "../segments/faces.store.ts";
import type { JourneysParts } from "./parts.ts";
import { exitWords } from "./reasons.ts";

interface Row {
  id: number;
  person: number;
  state: RunState;
  step: number;
  version: number;
  reason: string | null;
  enteredAt: Date;
  dueAt: Date | null;
  endedAt: Date | null;
}

export interface RunsAsked {
  readonly state: RunState | null;
  readonly step: number | null;
  readonly reason: string | null;
  readonly before: number | null;
  readonly limit: number;
}

/** The runs of a journey, newest first, with whom they are about: masked. */
export async function listRuns(
  { db, vault }: Pick<JourneysParts, "db" | "vault">,
  workspace: number,
  journey: number,
  asked: RunsAsked,
): Promise<{ items: JourneyRun[]; next: string | null }> {
  const rows = await findRuns(db, journey, asked);
  const shown = rows.slice(0, asked.limit);
  await vault.ready(workspace);
  const faces = await findFaces(db, vault, workspace, [...new Set(shown.map(({ person }) => person))]);
  const items = shown.map((row): JourneyRun => {
    const { name = null, phone = null } = faces.get(row.person) ?? {};
    return {
      ...{ id: String(row.id), person: String(row.person), name, phone },
      ...{ state: row.state, step: row.step, version: row.version },
      reason: row.reason === null ? null : exitWords(row.reason),
      enteredAt: row.enteredAt.toISOString(),
      dueAt: row.state === "waiting" ? (row.dueAt?.toISOString() ?? null) : null,
      endedAt: row.endedAt?.toISOString() ?? null,
    };
  });
  return { items, next: rows.length > asked.limit ? String(shown.at(-1)?.id) : null };
}

async function findRuns(
  db: Db,
  journey: number,
  { state, step, reason, before, limit }: RunsAsked,
): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select run.id, coalesce(node.person, run.node) as person, run.state, run.step, run.version, run.reason,
      run.entered_at as "enteredAt", run.due_at as "dueAt", run.ended_at as "endedAt"
    from journey_run as run left join node on node.id = run.node
    where run.journey_id = ${journey} and run.fact is null and (${state}::text is null or run.state = ${state})
      and (${step}::int is null or run.step = ${step}) and (${reason}::text is null or run.reason = ${reason})
      and (${before}::bigint is null or run.id < ${before})
    order by run.id desc limit ${limit + 1}`.execute(db);
  return rows;
}
