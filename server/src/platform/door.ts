import { accessRoutes } from "./access.routes.ts";
import { createAccess } from "./access.store.ts";
import { createAuth } from "./auth.ts";
import { keyedHash } from "./crypto.ts";
import { freeBytes } from "./data-folder.ts";
import { healthRoutes } from "./health.routes.ts";
import { createHttp } from "./http.ts";
import { ensureOwner, organisationId, ownerLink } from "./instance.store.ts";
import type { App, Ground } from "./instance.ts";
import { version } from "./version.ts";

/** Who may enter: sessions, roles, keys; and whether the house is well. */
export async function openDoor(ground: Ground): Promise<Pick<App, "http" | "signInLink">> {
  const { postgres, clickhouse, clock, log, master, dataDir, publicUrl, ownerKeys, consoleDir } = ground;
  const { db, pool } = postgres;
  const secret = keyedHash(master, "cookies").toString("base64url");
  const auth = createAuth({ pool, secret, publicUrl: publicUrl(), clock });
  await ensureOwner(db, auth, clock);
  const access = createAccess({ db, auth, clock, ownerKeys });
  const http = await createHttp({ log, version, access, consoleDir });
  healthRoutes(http, { postgres, clickhouse, version, freeBytes: () => freeBytes(dataDir) });
  const signInLink = async (always = false) => {
    const token = await ownerLink(db, auth, clock, always);
    return token === null ? null : `${publicUrl()}/sign-in/${token}`;
  };
  accessRoutes(http, {
    ...{ db, auth, access, clock, master, version, publicUrl, organisationId },
    signInLink: async () => (await signInLink(true)) ?? "",
  });
  return { http, signInLink };
}
