import { DemoMailbox } from "@stork/contract/mailbox.ts";
import type { FastifyInstance } from "fastify";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { maskIdentifier } from "../privacy/masking.ts";
import { demo } from "./demo.ts";
import type { Mailbox } from "./mailbox.client.ts";

const shown = 50;

/** What the demo's mail server received, for whoever wants to see a campaign arrive. Empty in every other workspace. */
export function mailboxRoutes(http: FastifyInstance, mailbox: () => Mailbox | null): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/mailbox",
      scope: "campaigns:read",
      summary: "The newest mails that the demo's own mail server received",
      reply: DemoMailbox,
    },
    async ({ workspace }) => {
      const box = workspace.slug === demo.slug ? mailbox() : null;
      return {
        total: box?.total() ?? 0,
        items: (box?.newest(shown) ?? []).map(({ id, to, subject, html, receivedAt }) => ({
          ...{ id: String(id), subject, html },
          to: maskIdentifier("email", to),
          receivedAt: receivedAt.toISOString(),
        })),
      };
    },
  );
}
