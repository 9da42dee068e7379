import {
  ConsentState,
  ConsentTexts,
  ConsentWords,
  NewConsentText,
  Purpose,
} from "@stork/contract/privacy.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { workspaceRoute } from "../platform/workspace-route.ts";
import type { PrivacyParts } from "./parts.ts";
import { findTextWords } from "./text-words.store.ts";
import { addText, countWords, findTexts } from "./texts.store.ts";

const page = z.object({
  purpose: Purpose,
  version: z.coerce.number().int().min(0).max(100_000).default(0),
  state: ConsentState.optional(),
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** The texts that persons agree to, and who read which. */
export function textRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  const { db, clock } = parts;
  const texts = async (workspace: number) => {
    const [found, wordsOf] = [await findTexts(db, workspace), await countWords(db, workspace)];
    return { items: found.map((text) => ({ ...text, ...wordsOf(text) })) };
  };
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/consent-texts", scope: "settings:read", reply: ConsentTexts },
      summary: "The texts that persons agree to, every version, the newest of each purpose first",
    },
    ({ workspace }) => texts(workspace.id),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "PUT", path: "/consent-texts/:purpose", scope: "privacy:write" },
      ...{ params: z.object({ purpose: Purpose }), body: NewConsentText, reply: ConsentTexts },
      summary: "A new version of a text; what was agreed to before keeps the words it was agreed in",
    },
    async ({ workspace, caller, params, body }) => {
      await addText(db, workspace.id, { ...body, purpose: params.purpose, by: caller.who, at: clock.now() });
      return texts(workspace.id);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/consent-words", scope: "people:read" },
      ...{ query: page, reply: ConsentWords },
      summary: "Who read a version of a text, what they said then, and where they stand today; masked",
    },
    async ({ workspace, query }) => {
      const { purpose, version, state = null, after, limit } = query;
      const before = after === undefined ? null : Number(after);
      const asked = { purpose, version, state, before, limit };
      const found = await findTextWords(parts, workspace.id, asked);
      const nameOf = await parts.whoSaid(
        workspace.id,
        found.items.map(({ by }) => by),
      );
      return { ...found, items: found.items.map((one) => ({ ...one, by: nameOf(one.by) })) };
    },
  );
}
