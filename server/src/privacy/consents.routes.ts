import { ChainCheck, Consents, PreferenceLink, StateConsent } from "@stork/contract/privacy.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { findPerson } from "../people/find-person.store.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findStandings } from "./consent.store.ts";
import type { PrivacyParts } from "./parts.ts";
import { staffLinkDays } from "./preference-token.ts";
import { checkChain, findReceipts } from "./receipts.store.ts";
import { unknownChild, unknownPerson } from "./refusals.ts";
import { sayConsent } from "./word.store.ts";

const PersonParams = z.object({ person: z.string().max(20) });

export interface ConsentsParts extends PrivacyParts {
  preferenceUrl(workspace: number, person: number, days: number): Promise<{ url: string; expiresAt: Date }>;
}

export function consentsRoutes(http: FastifyInstance, parts: ConsentsParts): void {
  personRoutes(http, parts);
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/consent-receipts/check", scope: "people:read", reply: ChainCheck },
      summary: "Read the whole chain of receipts again and say whether each is as it was written",
    },
    ({ workspace }) => checkChain(parts.db, workspace.id),
  );
}

function personRoutes(http: FastifyInstance, parts: ConsentsParts): void {
  const { clock } = parts;
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/persons/:person/consents", scope: "people:read" },
      ...{ params: PersonParams, reply: Consents },
      summary: "Where a person stands on every purpose, and the receipt of every word",
    },
    async ({ workspace, params }) =>
      standing(parts, workspace.id, await known(parts, workspace.id, params.person)),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/persons/:person/consents", scope: "people:write" },
      ...{ params: PersonParams, body: StateConsent, reply: Consents },
      summary: "Take down a person's word on a purpose; a no is obeyed everywhere when this answers",
    },
    async ({ workspace, caller, params, body }) => {
      const person = await known(parts, workspace.id, params.person);
      const { child, ...said } = body;
      if (child !== undefined && !/^\d{1,15}$/.test(child)) throw new Refusal(unknownChild);
      await sayConsent(parts, workspace.id, person, {
        ...said,
        ...(child === undefined ? {} : { child: Number(child) }),
        by: caller.who,
        at: clock.now(),
      });
      return standing(parts, workspace.id, person);
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/persons/:person/preference-link", scope: "privacy:write" },
      ...{ params: PersonParams, reply: PreferenceLink },
      summary: "A link to the person's own preference page, to pass on to her; it works for seven days",
    },
    async ({ workspace, params }) => {
      const person = await known(parts, workspace.id, params.person);
      const { url, expiresAt } = await parts.preferenceUrl(workspace.id, person, staffLinkDays);
      return { url, expiresAt: expiresAt.toISOString() };
    },
  );
}

async function known({ db }: PrivacyParts, workspace: number, id: string): Promise<number> {
  const person = await findPerson(db, workspace, id);
  if (person === null) throw new Refusal(unknownPerson);
  return person;
}

async function standing(parts: PrivacyParts, workspace: number, person: number): Promise<Consents> {
  const { db } = parts;
  const [standings, receipts] = await Promise.all([
    findStandings(db, workspace, [person]),
    findReceipts(db, workspace, person),
  ]);
  const consents = standings.get(person)?.consents ?? [];
  const nameOf = await parts.whoSaid(
    workspace,
    [...consents, ...receipts].map(({ by }) => by),
  );
  const named = <Said extends { by: string }>(said: Said): Said => ({ ...said, by: nameOf(said.by) });
  return { consents: consents.map(named), receipts: receipts.map(named) };
}
