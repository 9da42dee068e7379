import type { Condition } from "@stork/contract/segments.ts";
import { earliest } from "../messages/gate.store.ts";
import { type HandedOver, handToLines } from "../messages/lines.store.ts";
import type { Tasks } from "../platform/jobs.ts";
import type { Tx } from "../platform/postgres.ts";
import { type BarredReason, findBarred } from "../privacy/leave.store.ts";
import { personsMatching } from "../segments/compile.ts";
import { findOwners, savedSegments } from "../segments/segments.store.ts";
import { type Advanced, advance } from "./advance.ts";
import {
  type Defined,
  type DueRun,
  findDefinitions,
  keyOf,
  lockDue,
  settleForetold,
  writeDown,
} from "./due.store.ts";
import { keepsOut } from "./enter.store.ts";
import type { LiveTable } from "./live.store.ts";
import { lookFor } from "./looks.store.ts";
import type { JourneysParts } from "./parts.ts";
import type { ExitReason } from "./reasons.ts";
import { findAllSegments } from "./segments.store.ts";
import { stepMeaning } from "./steps.ts";

const everyMs = 1_000;
const mostEach = 200;
/** A question that could not be answered is asked again then. */
const againMs = 10 * 60_000;

export interface Mover {
  /** Lets in who is to be looked for, and moves what is due until nothing is. */
  run(): Promise<void>;
  /** Somebody new is due. */
  wake(): void;
  start(): void;
  stop(): Promise<void>;
}

/** Moves runs whose time has come; as many servers as there are share them, and a kill leaves them as they were. */
export function createMover(parts: JourneysParts, table: LiveTable): Mover {
  const { db, clock, log } = parts;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    await table.refresh();
    for (const journey of table.journeys) await lookFor(parts, journey);
    if (table.journeys.length === 0) return;
    for (let moved = mostEach; moved > 0 && !stopped; )
      moved = await db.transaction().execute((tx) => moveDue(parts, tx, clock.now()));
  };
  let again = false;
  const run = (): Promise<void> => {
    again = true;
    running ??= (async () => {
      while (again && !stopped) {
        again = false;
        await work().catch((error: Error) =>
          log.warn({ event: "journeys-not-moved", error: error.name }, "will be tried again"),
        );
      }
    })().finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    run,
    wake: () => void (stopped || run()),
    start() {
      timer = setInterval(() => void run(), everyMs).unref();
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      await running;
    },
  };
}

/** For stories and for whoever cannot wait. */
export const journeysTasks = (mover: Mover): Tasks => ({ "journeys.move": () => mover.run() });

/** One slice, in one transaction: where a run stands and what it handed over are never told apart. */
async function moveDue(parts: JourneysParts, tx: Tx, now: Date): Promise<number> {
  const locked = await lockDue(tx, now, mostEach);
  const due = await settleForetold(tx, parts.clickhouse, locked);
  if (due.length === 0) return locked.length;
  const definitions = await findDefinitions(tx, due);
  const leaving = await findLeaving(tx, due);
  const moved: { run: DueRun; to: Advanced }[] = due.flatMap((run) => {
    const reason = leaving.get(run);
    return reason === undefined ? [] : [{ run, to: leave(run, reason) }];
  });
  let open = due.filter((run) => !leaving.has(run));
  const answers = new Map(open.map((run) => [run, new Map<number, boolean>()]));
  while (open.length > 0) {
    const went = open.map((run) => ({ run, to: goOn(run, definitions, answers.get(run), now) }));
    moved.push(...went.filter(({ to }) => to.asks === null));
    const asking = went.filter(({ to }) => to.asks !== null);
    const unanswered = await answerAll(parts, tx, { asking, definitions, answers }, now);
    for (const { run, to } of asking)
      if (unanswered.has(run)) moved.push({ run, to: { ...to, dueAt: new Date(now.getTime() + againMs) } });
    open = asking.map(({ run }) => run).filter((run) => !unanswered.has(run));
  }
  await writeDown(tx, moved, now);
  for (const [workspace, some] of Map.groupBy(moved, ({ run }) => run.workspace))
    await handToLines(
      tx,
      parts.jobs,
      workspace,
      some.flatMap((one) => handedBy(one, definitions)),
      now,
    );
  return locked.length;
}

const leave = ({ step }: DueRun, reason: ExitReason): Advanced => ({
  ...{ step, resting: false, state: "exited", dueAt: null, reason, begun: [], sends: [], asks: null },
});

function goOn(
  run: DueRun,
  definitions: ReadonlyMap<string, Defined>,
  answers: ReadonlyMap<number, boolean> = new Map(),
  now: Date,
): Advanced {
  const { definition, timeZone } = definitions.get(keyOf(run)) as Defined;
  return advance(definition.steps, run, answers, { now, timeZone });
}

function handedBy(
  { run, to }: { run: DueRun; to: Advanced },
  definitions: ReadonlyMap<string, Defined>,
): HandedOver[] {
  const { lines } = definitions.get(keyOf(run)) as Defined;
  return to.sends.flatMap((step) => {
    const line = lines[step];
    if (line === undefined || run.person === null) return [];
    return [{ line, run: run.id, person: run.person, chosenAt: run.chosenAt }];
  });
}

const leavesAs: Partial<Record<BarredReason, ExitReason>> = {
  restricted: "erased",
  silence: "silence",
  withdrawn: "consent-withdrawn",
};

/** Who has said no by a way that told nobody (a statement of a shop's system) leaves here; the gate would hold it anyway. */
async function findLeaving(tx: Tx, due: readonly DueRun[]): Promise<Map<DueRun, ExitReason>> {
  const leaving = new Map<DueRun, ExitReason>();
  for (const [workspace, runs] of Map.groupBy(due, (run) => run.workspace)) {
    const persons = [...new Set(runs.flatMap(({ person }) => person ?? []))];
    const byChildrenAt = earliest(runs.map(({ person, chosenAt }) => [person, chosenAt]));
    const barred = await findBarred(tx, workspace, persons, "marketing", { byChildrenAt });
    for (const run of runs) {
      const no = run.person === null ? undefined : barred.get(run.person);
      if (run.person === null) leaving.set(run, "unknown-person");
      else if (no !== undefined && keepsOut.has(no)) leaving.set(run, leavesAs[no] ?? "erased");
    }
  }
  return leaving;
}

interface Asking {
  readonly asking: readonly { readonly run: DueRun; readonly to: Advanced }[];
  readonly definitions: ReadonlyMap<string, Defined>;
  /** Filled in. */
  readonly answers: ReadonlyMap<DueRun, Map<number, boolean>>;
}

/** Each question once for all who stand before it; answers those for whom it could not be answered. */
async function answerAll(
  { clickhouse, log }: JourneysParts,
  tx: Tx,
  { asking, definitions, answers }: Asking,
  now: Date,
): Promise<Set<DueRun>> {
  const unanswered = new Set<DueRun>();
  const alike = Map.groupBy(asking, ({ run, to }) => `${keyOf(run)}.${to.asks}`);
  for (const some of alike.values()) {
    const [first] = some;
    const { definition, timeZone } = definitions.get(keyOf((first as (typeof some)[number]).run)) as Defined;
    const step = definition.steps[first?.to.asks as number];
    const where = step === undefined ? null : stepMeaning(step).asks(step);
    const workspace = first?.run.workspace as number;
    try {
      const fits = await whoFits(clickhouse, tx, { workspace, timeZone }, where as Condition, some, now);
      for (const { run, to } of some)
        answers.get(run)?.set(to.asks as number, run.person !== null && fits.has(run.person));
    } catch (error) {
      log.warn({ event: "journey-question", error: (error as Error).name }, "asked again later");
      for (const { run } of some) unanswered.add(run);
    }
  }
  return unanswered;
}

async function whoFits(
  clickhouse: JourneysParts["clickhouse"],
  tx: Tx,
  { workspace, timeZone }: { workspace: number; timeZone: string },
  where: Condition,
  asking: Asking["asking"],
  now: Date,
): Promise<Set<number>> {
  const only = await findOwners(
    tx,
    workspace,
    asking.map(({ run }) => run.node),
  );
  const segments = savedSegments(await findAllSegments(tx, workspace));
  const rows = await clickhouse.query<{ person: number }>(
    personsMatching({ id: workspace, timeZone }, where, now, { segments, only }),
  );
  return new Set(rows.map(({ person }) => Number(person)));
}
