import type { FastifyInstance } from "fastify";
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
      if (!visitor.everywhere?.has("settings:write")) throw new Refusal(notTheOperator);
      const passphrase = request.headers["x-backup-passphrase"];
      const key =
        typeof passphrase === "string" ? await sealKey(deps.master, decodeURIComponent(passphrase)) : null;
      const day = deps.clock.now().toISOString().slice(0, 16).replaceAll(/[-:]/g, "").replace("T", "-");
      return reply
        .header("content-type", "application/x-tar")
        .header("content-disposition", `attachment; filename="stork-${day}.tar"`)
        .send(makeBackup(deps, visitor.who, key));
    },
  );
}
