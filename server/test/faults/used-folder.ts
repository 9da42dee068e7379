import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { pause } from "../sender.ts";
import { dataFolder } from "../server-process.ts";

/** A server's data as after its first start and its end, for the price of a copy (see prepared-data.ts). */
export async function usedFolder(): Promise<ReturnType<typeof dataFolder>> {
  const prepared = inject("preparedData");
  const made = join(prepared, "made");
  let said = "";
  for (; said === ""; said = existsSync(made) ? readFileSync(made, "utf8") : "") await pause(30);
  if (said !== "whole") throw new Error(`no data could be prepared: ${said}`);
  const folder = dataFolder();
  // As cp does it: PostgreSQL's files keep the owner that root has given them to.
  execFileSync("cp", ["-a", join(prepared, "data"), folder.dir]);
  return folder;
}
