import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Visitor } from "../platform/access.ts";
import { Refusal } from "../platform/refusal.ts";
import { callerRoute } from "../platform/workspace-route.ts";
import { type BackupDeps, makeBackup } from "./backup/write.store.ts";
import { sealKey } from "./backup-key.ts";
import { notTheOperator } from "./refusals.ts";

/** A backup of everything, to whoever runs the machine. It is streamed: nothing is kept on this side. */
export function backupRoutes(http: FastifyInstance, deps: BackupDeps & { master: Buffer }): void {
  callerRoute(
    http,
    {
      ...{ method: "GET", path: "/api/v1/backup", reply: null },
      summary:
        "Both engines as they are now, as one tar; with a passphrase in the header x-backup-passphrase the master key goes along, sealed",
    },
    async ({ visitor, request, reply }) => {
      if (!(await isOperator(http, deps.postgres, visitor))) throw new Refusal(notTheOperator);
      const passphrase = request.headers["x-backup-passphrase"];
      const key = typeof passphrase === "string" ? await sealKey(deps.master, decoded(passphrase)) : null;
      const day = deps.clock.now().toISOString().slice(0, 16).replaceAll(/[-:]/g, "").replace("T", "-");
      return reply
        .header("content-type", "application/x-tar")
        .header("content-disposition", `attachment; filename="stork-${day}.tar"`)
        .send(makeBackup(deps, visitor.who, key));
    },
  );
}

/** A backup holds every workspace: an instance-wide key may have it, and a person who owns every one of them. */
async function isOperator(
  { access }: FastifyInstance,
  { db }: BackupDeps["postgres"],
  visitor: Visitor,
): Promise<boolean> {
  if (visitor.everywhere !== null) return visitor.everywhere.has("settings:write");
  if (visitor.userId === null) return false;
  const owned = (await access.workspacesOf(visitor)).filter(({ role }) => role === "owner");
  const { rows } = await sql<{ all: number }>`select count(*) as "all" from workspace`.execute(db);
  return owned.length > 0 && owned.length === Number(rows[0]?.all);
}

/** Headers hold no Chinese, so the command line escapes it; what is no escape is meant as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
