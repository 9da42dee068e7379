import { Language } from "@stork/contract/common.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { languageOf } from "../platform/problem.ts";
import { publicRoute } from "../platform/workspace-route.ts";
import { loadPreferences, type ReadingParts, readPreferenceLink } from "./preference.store.ts";
import { Act, readForm } from "./preference-acts.ts";
import { doAct, type PageParts } from "./preference-do.store.ts";
import { preferencePage, strangersPage } from "./preference-page.ts";
import { notices } from "./preference-view.ts";

const params = z.object({ token: z.string().max(100) });
/** `lang` and `said` only word the page; a value that is none of ours is as if it were not there. */
const query = z.object({
  lang: Language.optional().catch(undefined),
  said: z.enum(notices).optional().catch(undefined),
});

/**
 * The mother's own page: no sign-in, the link says whose it is. Looking (which mail scanners do, too) changes nothing;
 * every change is a form that is posted, and answers by sending the browser back to look.
 */
export async function preferenceRoutes(
  http: FastifyInstance,
  parts: PageParts & ReadingParts,
): Promise<void> {
  await http.register(async (scope) => {
    const form = "application/x-www-form-urlencoded";
    scope.removeContentTypeParser(form);
    scope.addContentTypeParser(form, { parseAs: "string", bodyLimit: 4096 }, (_request, body, done) =>
      done(null, readForm(String(body))),
    );
    pageRoutes(scope, parts);
  });
}

function pageRoutes(http: FastifyInstance, parts: PageParts & ReadingParts): void {
  const path = "/p/:token";
  publicRoute(
    http,
    {
      ...{ method: "GET", path, params, query, reply: null, hidden: true },
      summary: "A person's preference page",
    },
    async ({ params: { token }, query: { lang, said }, request, reply }) => {
      const language = lang ?? asked(request);
      const reader =
        token === "preview" ? "preview" : await readPreferenceLink(parts, token, parts.clock.now());
      if (typeof reader === "string") return stranger(reply, reader, language);
      const view = await loadPreferences(parts, reader, parts.clock.now());
      return page(reply, 200, preferencePage(view, language, said ?? null));
    },
  );
  publicRoute(
    http,
    {
      ...{ method: "POST", path, params, query, reply: null, hidden: true },
      summary: "What she asks for there",
    },
    async ({ params: { token }, query: { lang }, request, reply }) => {
      const reader = await readPreferenceLink(parts, token, parts.clock.now());
      if (typeof reader === "string") return stranger(reply, reader, lang ?? asked(request));
      const act = Act.safeParse(request.body);
      const said = act.success ? await doAct(parts, reader, act.data) : "date-wrong";
      const back = new URLSearchParams({ said, ...(lang === undefined ? {} : { lang }) });
      return reply.header("cache-control", "no-store").redirect(`/p/${token}?${back}`, 303);
    },
  );
}

const asked = (request: FastifyRequest): Language => languageOf(request.headers["accept-language"]);

const statuses = { unknown: 404, expired: 410, preview: 200 } as const;
const stranger = (reply: FastifyReply, which: keyof typeof statuses, language: Language): FastifyReply =>
  page(reply, statuses[which], strangersPage(which, language));

const page = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply
    .code(status)
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("x-robots-tag", "noindex, nofollow")
    .header(
      "content-security-policy",
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .type("text/html; charset=utf-8")
    .send(html);
