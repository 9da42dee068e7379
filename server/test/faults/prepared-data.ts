import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startServer } from "../server-process.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Holds the data of a server that was started and stopped once; `made` beside it says that it is whole. */
    preparedData: string;
  }
}

/** Makes, beside the first tests, the data folder that the others start from: a first start takes thrice a second one. */
export function setup(project: TestProject): () => Promise<void> {
  const parent = mkdtempSync(join(tmpdir(), "stork-prepared-"));
  mkdirSync(join(parent, "data"));
  const server = startServer(join(parent, "data"));
  const making = server.ready
    .then(() => {
      server.kill("SIGTERM");
      return server.ended;
    })
    .then(
      (code) =>
        writeFileSync(
          join(parent, "made"),
          code === 0 ? "whole" : `it ended with ${code}: ${server.output()}`,
        ),
      (error: Error) => writeFileSync(join(parent, "made"), error.message),
    );
  project.provide("preparedData", parent);
  return async () => {
    if (!existsSync(join(parent, "made"))) server.kill("SIGKILL");
    await making;
    rmSync(parent, { recursive: true, force: true });
  };
}
