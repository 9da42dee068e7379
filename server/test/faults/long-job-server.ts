import { once } from "node:events";
import { buildApp } from "../../src/main.ts";
import { ch } from "../../src/platform/clickhouse.ts";
import type { Build } from "../../src/platform/instance.ts";
import { jobs, type TaskHandler } from "../../src/platform/jobs.ts";
import { runServer } from "../../src/platform/server.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The server as it is, with one job more: it works until it is told of a stop, and then writes down how far it came. */
const build: Build = async (ground) => {
  const app = await buildApp(ground);
  const long: TaskHandler = async (_, { signal }) => {
    say("the long job works");
    if (!signal.aborted) await once(signal, "abort");
    await ground.postgres.pool.query("update instance set value = value where key = 'long-job'");
    await ground.clickhouse.query(ch`select 1 as one`);
    say("the long job put its work down");
  };
  await jobs.add(ground.postgres.db, "test.long", {});
  return { ...app, tasks: { ...app.tasks, "test.long": long } };
};

await runServer({ env: process.env, entry: import.meta.filename, consoleDir: null, build });
