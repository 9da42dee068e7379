import type { Role } from "@stork/contract/access.ts";
import type { CallOptions, WholeApp } from "./whole-app.ts";

/** Invites somebody to a workspace and signs her in by the link; how to call the app as her. */
export async function signInAs(
  app: WholeApp,
  path: string,
  role: Role,
  name: string = role,
): Promise<CallOptions> {
  const invited = await app.call<{ signInLink: string }>("POST", `${path}/members`, {
    ...{ name, role, email: `${name}@staff.test` },
  });
  const entered = await app.call("GET", new URL(invited.body.signInLink).pathname, undefined, { key: null });
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  return { key: null, headers: { cookie, origin: app.url } };
}
