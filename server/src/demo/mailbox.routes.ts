import { DemoMailbox } from "@stork/contract/mailbox.ts";
import type { FastifyInstance } from "fastify";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { demo } from "./demo.ts";
import type { Mailbox } from "./mailbox.client.ts";
import { shownMail } from "./shown-mail.ts";

const shown = 50;

/** What the demo's mail server received, for whoever wants to see a campaign arrive. Empty in every other workspace. */
export function mailboxRoutes(http: FastifyInstance, mailbox: () => Mailbox | null): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/mailbox",
      scope: "campaigns:read",
      summary:
        "The newest mails that the demo's own mail server received; closed to who may not see whole names",
      reply: DemoMailbox,
    },
    async ({ workspace, caller: { scopes, language } }) => {
      const box = workspace.slug === demo.slug ? mailbox() : null;
      const whole = scopes.has("people:reveal");
      return {
        total: box?.total() ?? 0,
        items: (box?.newest(shown) ?? []).map((mail) => shownMail(mail, { whole, language })),
      };
    },
  );
}
