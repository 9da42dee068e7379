import { parentPort } from "node:worker_threads";
import { stepBack } from "../platform/step-back.client.ts";
import { type ImputationJob, impute } from "./imputation-work.ts";

/** The thread that fills gaps, so that the server goes on answering; it touches no engine. */
stepBack();
parentPort?.once("message", (job: ImputationJob) => parentPort?.postMessage(impute(job)));
