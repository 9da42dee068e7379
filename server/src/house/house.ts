import type { FastifyInstance } from "fastify";
import type { Ground } from "../platform/instance.ts";
import type { Tasks } from "../platform/jobs.ts";

/** What every room may be handed; rooms add their background work, and what is to be let go of, last opened first. */
export interface House extends Ground {
  db: Ground["postgres"]["db"];
  http: FastifyInstance;
  tasks: Tasks;
  closing: (() => Promise<void> | void)[];
  /** While the demo's past is being told. */
  tellingHistory: boolean;
}
