import { Logger, run, runMigrations } from "graphile-worker";
import { sql } from "kysely";
import type pg from "pg";
import type { Clock } from "./clock.ts";
import type { Log } from "./log.ts";
import type { Db, Tx } from "./postgres.ts";

export interface JobOptions {
  /** A later job with the same key takes the place of the waiting one. */
  key?: string;
  runAt?: Date;
  /** Jobs of one queue run one after another. */
  queue?: string;
  maxAttempts?: number;
}

export interface Jobs {
  /** Adds a job in the caller's transaction: it exists when, and only when, that commits. */
  add(db: Db | Tx, task: string, payload: object, options?: JobOptions): Promise<void>;
}

export interface JobContext {
  jobId: string;
  attempt: number;
  lastAttempt: boolean;
  /** Aborted when the server stops: put down what can be taken up again. */
  signal: AbortSignal;
}

export type TaskHandler = (payload: unknown, context: JobContext) => Promise<void>;
export type Tasks = Readonly<Record<string, TaskHandler>>;

export const jobs: Jobs = {
  async add(db, task, payload, options = {}) {
    await sql`select graphile_worker.add_job(
      identifier => ${task}, payload => ${JSON.stringify(payload)}::json,
      queue_name => ${options.queue ?? null}, run_at => ${options.runAt ?? null}::timestamptz,
      max_attempts => ${options.maxAttempts ?? null}, job_key => ${options.key ?? null})`.execute(db);
  },
};

/** The job tables, made or brought up to date. */
export const migrateJobs = (pool: pg.Pool, log: Log): Promise<void> =>
  runMigrations({ pgPool: pool, logger: workerLogger(log), preset: {} });

export interface JobRunner {
  /** Lets running jobs finish or put their work down; those that do neither in time are taken up after the next start. */
  stop(): Promise<void>;
}

/**
 * `patienceMs`: when the server stops, a job that is not done by then is told to put its work down. It must leave time to
 * do so before the engines are closed.
 */
export async function startJobs(
  pool: pg.Pool,
  tasks: Tasks,
  log: Log,
  { patienceMs, concurrency = 4 }: { patienceMs: number; concurrency?: number },
): Promise<JobRunner> {
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: 1000,
    noHandleSignals: true,
    logger: workerLogger(log),
    gracefulShutdownAbortTimeout: patienceMs,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, handler]) => [
        name,
        (payload: unknown, { job, abortSignal }) =>
          handler(payload, {
            jobId: String(job.id),
            attempt: job.attempts,
            lastAttempt: job.attempts >= job.max_attempts,
            signal: abortSignal,
          }),
      ]),
    ),
    parsedCronItems: [],
  });
  return { stop: () => runner.stop("stork stops") };
}

/** Runs every job that is due by `clock`, and those they add, until none is left; for tests and the command line. */
export async function runDueJobs(db: Db, tasks: Tasks, clock: Clock): Promise<number> {
  for (let done = 0; ; done += 1) {
    const { rows } = await sql<{ id: string; task: string; payload: unknown; attempts: number; max: number }>`
      update graphile_worker._private_jobs as job set attempts = attempts + 1, locked_at = now(), locked_by = 'due'
      from graphile_worker._private_tasks as task
      where task.id = job.task_id and job.id = (
        select id from graphile_worker._private_jobs
        where run_at <= ${clock.now()} and attempts < max_attempts and locked_at is null order by priority, run_at, id limit 1
        for update skip locked)
      returning job.id::text, task.identifier as task, job.payload, job.attempts, job.max_attempts as max`.execute(
      db,
    );
    const job = rows[0];
    if (!job) return done;
    const handler = tasks[job.task];
    if (!handler) throw new Error(`no task ${job.task}`);
    const context = { jobId: job.id, attempt: job.attempts, lastAttempt: job.attempts >= job.max };
    await handler(job.payload, { ...context, signal: new AbortController().signal });
    await sql`delete from graphile_worker._private_jobs where id = ${job.id}::bigint`.execute(db);
  }
}

function workerLogger(log: Log): Logger {
  return new Logger(() => (level, message, meta) => {
    // Every job done is one line at level info: too many for a log that people read.
    const to = level === "error" ? "error" : level === "warning" ? "warn" : "debug";
    log[to]({ event: "job", job: (meta as { job?: { id?: string } } | undefined)?.job?.id }, message);
  });
}
