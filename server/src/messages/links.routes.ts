import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { languageOf } from "../platform/problem.ts";
import { publicRoute } from "../platform/workspace-route.ts";
import { writeNotes } from "./notes.store.ts";
import type { MessagesParts } from "./parts.ts";
import { readLink, type TrackedMessage } from "./tracked.store.ts";
import { unsubscribe } from "./unsubscribe.store.ts";
import { type UnsubscribeStep, unsubscribePage } from "./unsubscribe-page.ts";

const params = z.object({ token: z.string().max(100) });

/** The addresses inside messages: tracked links and unsubscribing. No sign-in; the token says whose message it was. */
export async function linksRoutes(http: FastifyInstance, parts: MessagesParts): Promise<void> {
  clickRoute(http, parts);
  await http.register(async (scope) => {
    // RFC 8058: mail programs post a form, whose one field says nothing that the address does not.
    const form = "application/x-www-form-urlencoded";
    if (!scope.hasContentTypeParser(form)) {
      scope.addContentTypeParser(form, { parseAs: "string", bodyLimit: 1024 }, (_request, _body, done) =>
        done(null, {}),
      );
    }
    unsubscribeRoutes(scope, parts);
  });
}

function clickRoute(http: FastifyInstance, parts: MessagesParts): void {
  publicRoute(
    http,
    {
      method: "GET",
      path: "/t/:token",
      summary: "A tracked link: goes on to where the message's author pointed",
      params,
      reply: null,
      hidden: true,
    },
    async ({ params: { token }, request, reply }) => {
      const found = await readLink(parts, "click", token);
      const url = found?.links[found.link];
      const language = languageOf(request.headers["accept-language"]);
      if (!found || url === undefined) return page(reply, 404, unsubscribePage("unknown", language));
      // A look at where it leads (HEAD) is no click.
      if (request.method === "GET") await noteClick(parts, found);
      return reply
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .redirect(url, 302);
    },
  );
}

/** A reader is taken on even when the click cannot be written down. */
async function noteClick(parts: MessagesParts, found: TrackedMessage): Promise<void> {
  const { workspace, person, message, campaign, channel, link: which } = found;
  const node = found.node ?? person;
  const at = parts.clock.now();
  const name = "Message Clicked";
  try {
    await writeNotes(
      parts.clickhouse,
      [{ workspace, node, message, campaign, channel, name, which, at }],
      at,
    );
    parts.onFacts?.(workspace, [node], [name]);
  } catch (error) {
    parts.log.error(
      { event: "click-lost", campaign, error: (error as Error).message },
      "a click was not kept",
    );
  }
}

function unsubscribeRoutes(http: FastifyInstance, parts: MessagesParts): void {
  const path = "/u/:token";
  const summary = "Unsubscribes the reader of a message";
  publicRoute(
    http,
    { method: "GET", path, summary, params, reply: null, hidden: true },
    async ({ params: { token }, request, reply }) => {
      const language = languageOf(request.headers["accept-language"]);
      const step = await stepOf(parts, token);
      return page(reply, step === "unknown" ? 404 : 200, unsubscribePage(step, language));
    },
  );
  publicRoute(
    http,
    { method: "POST", path, summary, params, reply: null, hidden: true },
    async ({ params: { token }, request, reply }) => {
      const language = languageOf(request.headers["accept-language"]);
      const found = await readLink(parts, "unsubscribe", token);
      if (found === null) return page(reply, 404, unsubscribePage("unknown", language));
      await unsubscribe(parts, found);
      return page(reply, 200, unsubscribePage("done", language));
    },
  );
}

async function stepOf(parts: MessagesParts, token: string): Promise<UnsubscribeStep> {
  if (token === "preview") return "preview";
  return (await readLink(parts, "unsubscribe", token)) === null ? "unknown" : "ask";
}

const page = (reply: FastifyReply, status: number, html: string): FastifyReply =>
  reply
    .code(status)
    .header("cache-control", "no-store")
    .header("referrer-policy", "no-referrer")
    .header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
    .type("text/html; charset=utf-8")
    .send(html);
