import { DataKeys, Rotate } from "@stork/contract/keys.ts";
import type { FastifyInstance } from "fastify";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { type KeyRotationDeps, rotate } from "./key-rotation.job.ts";
import { findRotation } from "./key-rotation.store.ts";
import { rotationUnderWay } from "./refusals.ts";

export function keysRoutes(http: FastifyInstance, deps: KeyRotationDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/data-keys", scope: "settings:read", reply: DataKeys },
      summary: "The versions of the key that personal data is sealed with, and how far a rotation has come",
    },
    ({ workspace }) => findRotation(deps.db, workspace.id),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/data-keys/rotate", scope: "settings:write", status: 202 },
      ...{ body: Rotate, reply: DataKeys },
      summary: "Make a new data key; everything is sealed with it again while the work goes on",
    },
    async ({ workspace, body, caller }) => {
      const { versions, resealing } = await findRotation(deps.db, workspace.id);
      if (resealing !== null) throw new Refusal(rotationUnderWay);
      const cipher = body.cipher ?? versions[0]?.cipher ?? "aes-256-gcm";
      await rotate(deps, workspace.id, { cipher, by: caller.who });
      return findRotation(deps.db, workspace.id);
    },
  );
}
