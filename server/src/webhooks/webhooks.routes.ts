import { randomBytes, randomUUID } from "node:crypto";
import {
  AttemptAnswer,
  ChangeWebhook,
  DeliveryPage,
  NewWebhook,
  type Webhook,
  Webhook as WebhookSchema,
  WebhookWithSecret,
} from "@stork/contract/webhooks.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Vault } from "../people/vault.store.ts";
import { mayPostTo } from "../platform/in-house.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { findSegments } from "../segments/segments.store.ts";
import { type Counts, countDeliveries, findDeliveries, retryDelivery } from "./deliveries.store.ts";
import { insecureAddress, unknownDelivery, unknownWanted, unknownWebhook } from "./refusals.ts";
import { attempt, type SenderDeps } from "./sender.job.ts";
import {
  findWebhook,
  findWebhooks,
  insertWebhook,
  removeWebhook,
  updateWebhook,
  type WebhookRow,
} from "./webhooks.store.ts";

export interface WebhooksDeps extends SenderDeps {
  vault: Vault;
  /** Webhooks were added or changed. */
  changed(): Promise<void>;
  wake(): void;
}

const named = z.object({ webhook: z.string().max(20) });
const deliveryNamed = named.extend({ delivery: z.string().max(60) });
const asked = z.object({
  state: z.enum(["waiting", "delivered", "failed", "withheld"]).optional(),
  after: z.string().max(60).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export function webhooksRoutes(http: FastifyInstance, deps: WebhooksDeps): void {
  listRoutes(http, deps);
  changeRoutes(http, deps);
  deliveryRoutes(http, deps);
}

function listRoutes(http: FastifyInstance, deps: WebhooksDeps): void {
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/webhooks", scope: "settings:read" },
      summary: "Webhooks, with how their deliveries went in the last 24 hours",
      reply: z.object({ items: z.array(WebhookSchema) }),
    },
    async ({ workspace }) => ({ items: await shown(deps, await findWebhooks(deps.db, workspace.id)) }),
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/webhooks", scope: "settings:write", status: 201 },
      ...{ body: NewWebhook, reply: WebhookWithSecret },
      summary:
        "Be told of events and of changes of segments, by Standard Webhooks; the secret is shown this once",
    },
    async ({ workspace, body }) => {
      await check(deps, workspace.id, body);
      const secret = newSecret();
      await deps.vault.ready(workspace.id);
      const at = deps.clock.now();
      const { name, url, wants, purpose } = body;
      const made = {
        workspace: workspace.id,
        name,
        url,
        wants,
        purpose,
        sealedSecret: deps.vault.seal(workspace.id, secret),
        at,
      };
      const row = await insertWebhook(deps.db, made);
      await deps.changed();
      return { ...(await one(deps, row)), secret };
    },
  );
}

const newSecret = (): string => `whsec_${randomBytes(32).toString("base64")}`;

async function check(
  { db }: WebhooksDeps,
  workspace: number,
  { url, wants }: z.output<typeof ChangeWebhook>,
): Promise<void> {
  if (url !== undefined) {
    const address = new URL(url);
    if (!mayPostTo(address) || address.username !== "" || address.password !== "")
      throw new Refusal(insecureAddress);
  }
  const known = new Set((await findSegments(db, workspace)).map(({ id }) => String(id)));
  const unknown = wants?.segments.find((id) => !known.has(id));
  if (unknown !== undefined) throw new Refusal(unknownWanted, { segment: unknown });
}

function changeRoutes(http: FastifyInstance, deps: WebhooksDeps): void {
  const { db, clock } = deps;
  workspaceRoute(
    http,
    {
      ...{ method: "PATCH", path: "/webhooks/:webhook", scope: "settings:write" },
      ...{ params: named, body: ChangeWebhook, reply: WebhookSchema },
      summary: "Change a webhook, pause it or let it go on",
    },
    async ({ workspace, params, body }) => {
      const row = await found(deps, workspace.id, params.webhook);
      await check(deps, workspace.id, body);
      await updateWebhook(db, row.id, body, clock.now());
      await deps.changed();
      deps.wake();
      return one(deps, await found(deps, workspace.id, params.webhook));
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/webhooks/:webhook/secret", scope: "settings:write" },
      ...{ params: named, reply: WebhookWithSecret },
      summary: "Make a new signing secret; the old one signs nothing from now on",
    },
    async ({ workspace, params }) => {
      const row = await found(deps, workspace.id, params.webhook);
      const secret = newSecret();
      await deps.vault.ready(workspace.id);
      await updateWebhook(db, row.id, { sealedSecret: deps.vault.seal(workspace.id, secret) }, clock.now());
      await deps.changed();
      return { ...(await one(deps, row)), secret };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "DELETE", path: "/webhooks/:webhook", scope: "settings:write" },
      ...{ params: named, reply: null },
      summary: "Remove a webhook; its waiting deliveries are not sent",
    },
    async ({ workspace, params }) => {
      await removeWebhook(db, (await found(deps, workspace.id, params.webhook)).id, clock.now());
      await deps.changed();
    },
  );
}

function deliveryRoutes(http: FastifyInstance, deps: WebhooksDeps): void {
  const { db, clock } = deps;
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/webhooks/:webhook/test", scope: "settings:write" },
      ...{ params: named, reply: AttemptAnswer },
      summary: "Send a signed test now and say what came back",
    },
    async ({ workspace, params }) => {
      const row = await found(deps, workspace.id, params.webhook);
      const timestamp = clock.now().toISOString();
      const body = { type: "test", timestamp, data: { workspace: workspace.slug } };
      const { status, answer } = await attempt(deps, row, `msg_test_${randomUUID()}`, body);
      return { delivered: status !== null && status >= 200 && status < 300, answer };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "GET", path: "/webhooks/:webhook/deliveries", scope: "settings:read" },
      ...{ params: named, query: asked, reply: DeliveryPage },
      summary: "What was sent and what came back, newest first, for thirty days",
    },
    async ({ workspace, params, query }) => {
      const row = await found(deps, workspace.id, params.webhook);
      const { state = null, after = null, limit } = query;
      const items = await findDeliveries(db, row.id, { state, after, limit: limit + 1 });
      const page = items.slice(0, limit);
      return { items: page, next: items.length > limit ? (page.at(-1)?.id ?? null) : null };
    },
  );
  workspaceRoute(
    http,
    {
      ...{ method: "POST", path: "/webhooks/:webhook/deliveries/:delivery/retry", scope: "settings:write" },
      ...{ params: deliveryNamed, reply: null },
      summary: "Send one again, under the same id",
    },
    async ({ workspace, params }) => {
      const row = await found(deps, workspace.id, params.webhook);
      if (!(await retryDelivery(db, row.id, params.delivery, clock.now())))
        throw new Refusal(unknownDelivery);
      deps.wake();
    },
  );
}

async function found({ db }: WebhooksDeps, workspace: number, id: string): Promise<WebhookRow> {
  const row = await findWebhook(db, workspace, Number(id));
  if (row === null) throw new Refusal(unknownWebhook);
  return row;
}

const because = {
  person: { zh: "有人暂停了它", en: "Somebody paused it" },
  gone: { zh: "接收方回答 410（不再存在）", en: "The receiver answered 410 (gone)" },
  failing: { zh: "连续五天没有一次成功", en: "Nothing has succeeded for five days" },
} as const;

const one = async (deps: WebhooksDeps, row: WebhookRow): Promise<Webhook> =>
  (await shown(deps, [row]))[0] as Webhook;

async function shown({ db, clock }: WebhooksDeps, rows: readonly WebhookRow[]): Promise<Webhook[]> {
  const since = new Date(clock.now().getTime() - 86_400_000);
  const counts = await countDeliveries(
    db,
    rows.map(({ id }) => id),
    since,
  );
  const none: Omit<Counts, "webhook"> = { delivered: 0, failed: 0, waiting: 0, lastDeliveredAt: null };
  return rows.map((row) => {
    const { delivered, failed, waiting, lastDeliveredAt } =
      counts.find(({ webhook }) => webhook === row.id) ?? none;
    return {
      ...{ id: String(row.id), name: row.name, url: row.url, delivered, failed, waiting },
      wants: { events: row.events, segments: row.segments.map(String) },
      purpose: row.purpose,
      createdAt: row.createdAt.toISOString(),
      pausedAt: row.pausedAt?.toISOString() ?? null,
      pausedBecause: row.pausedBecause === null ? null : because[row.pausedBecause],
      lastDeliveredAt: lastDeliveredAt?.toISOString() ?? null,
    };
  });
}
