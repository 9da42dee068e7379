import {
  ConsentState,
  ConsentTexts,
  ConsentWords,
  NewConsentText,
  OwedAnswers,
  Purpose,
  purposeFacts,
} from "@stork/contract/privacy.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { dateIn } from "../catalog/calendar.ts";
import type { Jobs } from "../platform/jobs.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { endOldYesAt } from "./again.job.ts";
import { findFaces } from "./faces.store.ts";
import { countOwing, findOwing } from "./owing.store.ts";
import type { PrivacyParts } from "./parts.ts";
import { dayIsPast, neverAsked } from "./refusals.ts";
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
export function textRoutes(http: FastifyInstance, parts: PrivacyParts & { readonly jobs: Jobs }): void {
  const { db, clock, jobs } = parts;
  const texts = async (workspace: number) => {
    const [found, wordsOf] = [await findTexts(db, workspace), await countWords(db, workspace)];
    const owingOf = await countOwing(db, workspace);
    return { items: found.map((text) => ({ ...text, ...wordsOf(text), owing: owingOf(text) })) };
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
      const { purpose } = params;
      const { againUntil = null, ...words } = body;
      const { basis, name } = purposeFacts[purpose];
      if (againUntil !== null) {
        if (basis === "contract") throw new Refusal(neverAsked, { purpose: `${name.zh} ${name.en}` });
        const today = dateIn(workspace.timeZone, clock.now());
        if (againUntil < today) throw new Refusal(dayIsPast, { today });
      }
      const text = { ...words, againUntil, purpose, by: caller.who, at: clock.now() };
      await addText(db, workspace.id, text);
      if (againUntil !== null) await endOldYesAt({ db, jobs }, workspace, againUntil);
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

/** Whose yes is to a text that has become another one since. */
export function owingRoutes(http: FastifyInstance, parts: PrivacyParts): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/consent-owing", scope: "people:read" },
      ...{ query: page.pick({ purpose: true, after: true, limit: true }), reply: OwedAnswers },
      summary: "Who agreed to an older text than the one that asks again, and until when that counts; masked",
    },
    async ({ workspace, query: { purpose, after, limit } }) => {
      const asked = { after: Number(after ?? 0), limit };
      const { items, last } = await findOwing(parts.db, workspace.id, purpose, asked);
      const faceOf = await findFaces(
        parts,
        workspace.id,
        items.map(({ person }) => person),
      );
      return {
        items: items.map(({ id: _id, person, at, child, ...one }) => ({
          ...{ ...one, person: String(person), ...faceOf(person), at: at.toISOString() },
          child: child === null ? null : String(child),
        })),
        next: last === null ? null : String(last),
      };
    },
  );
}
