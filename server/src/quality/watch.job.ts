import { randomUUID } from "node:crypto";
import type { OnCommitted } from "../events/commit.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Clock } from "../platform/clock.ts";
import type { Tasks } from "../platform/jobs.ts";
import type { Log } from "../platform/log.ts";
import type { Db } from "../platform/postgres.ts";
import { auditOrders, auditStock } from "./audit.store.ts";
import { type Bounds, findBounds, streamKey } from "./bounds.store.ts";
import { auditedTo, leaveWatch, takeWatch } from "./lease.store.ts";
import { addHours, addMinutes, findBusyWorkspaces } from "./profile.store.ts";
import { type Cell, type KnownFields, Sampler } from "./sampler.ts";
import { findRestless, findWorkspacesOf, type WatchedWorkspace } from "./sources-watched.store.ts";
import { WorkspaceWatch } from "./workspace-watch.store.ts";

export interface QualityParts {
  db: Db;
  clickhouse: ClickHouse;
  clock: Clock;
  log: Log;
  /** Tells staff what is due. */
  tellDue(now: Date): Promise<unknown>;
}

const flushEveryMs = 10_000;
const lookEveryMs = 15_000;
const auditEveryMs = 60_000;
const mostAuditedMs = 3_600_000;
const recentDays = 8;
const followEveryMs = 5 * 60_000;
/** Five minutes of an engine that stands still. */
const mostFailedFlushes = 30;
const mostOwed = 20_000;

/** Counts on every server, looks on one of them. */
export class Watch {
  readonly sampler = new Sampler((workspace, source, name) => this.#knownFields(workspace, source, name));
  readonly #parts: QualityParts;
  readonly #holder = randomUUID();
  readonly #workspaces = new Map<number, WorkspaceWatch>();
  readonly #known = new Map<string, KnownFields>();
  #failedFlushes = 0;
  /** Counted in the minutes' profile and not in the hours' yet. */
  #owedHours: Cell[] = [];
  #followedAt = Number.NEGATIVE_INFINITY;
  #timers: NodeJS.Timeout[] = [];
  #stopping = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: QualityParts) {
    this.#parts = parts;
  }

  readonly onCommitted: OnCommitted = (workspace, _nodes, _names, rows) => this.sampler.take(workspace, rows);

  /** Items that were refused; `code` is why. */
  readonly onRefused = (workspace: number, source: number, code: string, count: number): void => {
    const nobody = /no-identity|unusable-identity/.test(code) ? count : 0;
    const counts = { refused: count, ...(nobody > 0 ? { "refused-nobody": nobody } : {}) };
    this.sampler.note(workspace, source, { ...counts, [`refused:${code}`]: count }, this.#now());
  };

  /** Events that had come before and were not kept again. */
  readonly onRepeated = (workspace: number, source: number, count: number): void =>
    this.sampler.note(workspace, source, { repeated: count }, this.#now());

  start(): void {
    const every = (ms: number, work: () => Promise<void>): void => {
      const timer = setInterval(() => void this.#inTurn(work).catch((error) => this.#failed(error)), ms);
      this.#timers.push(timer.unref());
    };
    every(flushEveryMs, () => this.#flush());
    every(lookEveryMs, () => this.#look());
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    this.#stopping = true;
    await this.#turn;
    await this.#flush();
    await leaveWatch(this.#parts.db, this.#holder).catch(() => undefined);
  }

  /** One look now; for the job and for stories. */
  look(): Promise<void> {
    return this.#inTurn(() => this.#look());
  }

  /** The figures of a workspace as they are now. */
  async examined(workspace: WatchedWorkspace) {
    const watch = new WorkspaceWatch(this.#parts, workspace);
    const now = this.#parts.clock.now();
    await watch.open(now);
    return { ...(await watch.examined(now, new Date(0))), bounds: watch.bounds };
  }

  /** What the engine does not take is tried again with the next, a few times: counts must not stop the watch. */
  async #flush(): Promise<void> {
    const { clickhouse } = this.#parts;
    let cells: readonly Cell[] = this.sampler.flush();
    try {
      await addMinutes(clickhouse, cells);
      // Two tables are two writes: what one has taken is not given to it again because the other has not.
      if (this.#owedHours.length < mostOwed) this.#owedHours.push(...cells);
      cells = [];
      await addHours(clickhouse, this.#owedHours);
      this.#owedHours = [];
      this.#failedFlushes = 0;
    } catch (error) {
      this.#failedFlushes += 1;
      if (this.#failedFlushes < mostFailedFlushes) this.sampler.putBack(cells);
      this.#failed(error);
    }
  }

  async #look(): Promise<void> {
    await this.#flush();
    if (this.#stopping) return;
    const { db, clickhouse, clock } = this.#parts;
    const now = clock.now();
    const lease = await takeWatch(db, this.#holder, now);
    const since = now.getTime() - recentDays * 86_400_000;
    if (lease === null) return this.#follow(now.getTime(), since);
    const busy = await findBusyWorkspaces(clickhouse, since);
    const restless = await findRestless(db, new Date(since));
    const ids = [...new Set([...busy, ...restless])];
    if (ids.length === 0) return;
    await this.#audit(ids, lease.auditedTo, now);
    for (const workspace of await findWorkspacesOf(db, ids)) {
      if (this.#stopping) return;
      try {
        await this.#watchOf(workspace).look(now, lease.awakeSince);
        this.#keepKnown(workspace.id, this.#watchOf(workspace).bounds);
      } catch (error) {
        this.#failed(error);
      }
    }
    await this.#parts.tellDue(now);
  }

  /** Once a minute, of what came since the last time; after a long sleep of the last hour only. */
  async #audit(workspaces: readonly number[], done: Date | null, now: Date): Promise<void> {
    const { db, clickhouse } = this.#parts;
    const to = now.getTime();
    const before = done === null || done.getTime() > to ? to - auditEveryMs : done.getTime();
    if (to - before < auditEveryMs && done !== null && done.getTime() <= to) return;
    const from = Math.max(before, to - mostAuditedMs);
    for (const workspace of workspaces) {
      this.sampler.putBack(await auditOrders(clickhouse, workspace, from, to));
      this.sampler.putBack(await auditStock(clickhouse, workspace, from, to));
    }
    await this.#flush();
    await auditedTo(db, now);
  }

  #watchOf(workspace: WatchedWorkspace): WorkspaceWatch {
    let watch = this.#workspaces.get(workspace.id);
    if (watch === undefined) {
      watch = new WorkspaceWatch(this.#parts, workspace);
      this.#workspaces.set(workspace.id, watch);
    }
    return watch;
  }

  /** A server that does not look still has to know which values are new. */
  async #follow(now: number, since: number): Promise<void> {
    if (Math.abs(now - this.#followedAt) < followEveryMs) return;
    this.#followedAt = now;
    const { db, clickhouse } = this.#parts;
    for (const workspace of await findBusyWorkspaces(clickhouse, since))
      this.#keepKnown(workspace, await findBounds(db, workspace));
  }

  #keepKnown(workspace: number, { models }: Bounds): void {
    for (const [key, { fields, vocabularies }] of models) {
      const known = fields.map((field) => {
        const values = vocabularies[field]?.known;
        return [field, values === undefined ? null : new Set(values)] as const;
      });
      this.#known.set(`${workspace} ${key}`, known.length === 0 ? null : new Map(known));
    }
  }

  #knownFields(workspace: number, source: number, name: string): KnownFields {
    return this.#known.get(`${workspace} ${streamKey(source, name)}`) ?? null;
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  #now = (): number => this.#parts.clock.now().getTime();

  #failed(error: unknown): void {
    // Only the kind of the error: its text may quote the rows.
    const { name, code } = error as Error & { code?: string };
    const told = { event: "quality-watch", error: name, code };
    // A look that a stop breaks off has not failed: the next server to look goes on.
    if (this.#stopping) this.#parts.log.debug(told, "watch broken off");
    else this.#parts.log.error(told, "watch failed");
  }
}

/** A look as a job, for whoever wants one now. */
export const qualityTasks = (watch: Watch): Tasks => ({ "quality.look": () => watch.look() });
