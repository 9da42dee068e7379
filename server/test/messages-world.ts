import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import type { Condition } from "@stork/contract/segments.ts";
import { sql } from "kysely";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { type Draft, findCampaign, insertCampaign } from "../src/messages/campaign.store.ts";
import { insertChannel } from "../src/messages/channel.store.ts";
import { compile } from "../src/messages/content.ts";
import { createDeliverer } from "../src/messages/deliver.client.ts";
import type { MessagesParts } from "../src/messages/parts.ts";
import { showPresence } from "../src/messages/presence.store.ts";
import { startCampaign } from "../src/messages/run.store.ts";
import { messagesTasks } from "../src/messages/tasks.job.ts";
import { openPeople, type People } from "../src/people/people.store.ts";
import type { Statement } from "../src/people/statements.ts";
import type { WorkspaceRef } from "../src/platform/workspaces.store.ts";
import { insertSegment } from "../src/segments/segments.store.ts";
import { type TestEngines, testEngines, testWorkspace } from "./engines.ts";

export interface Mail {
  to: string;
  raw: string;
}

/** A mail server on this machine that keeps what it is given; its manners can be changed while it runs. */
export async function mailServer(options: SMTPServerOptions = {}, at = 0) {
  const mails: Mail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(",");
        mails.push({ to, raw: Buffer.concat(chunks).toString("utf8") });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  const sockets = new Set<Socket>();
  server.server.on("connection", (socket: Socket) => sockets.add(socket));
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { mails, port, sockets, close };
}

export interface Call {
  headers: Record<string, string>;
  body: string;
}

/** A webhook's receiver; `answer` decides each status. */
export async function webhookReceiver(answer: (call: Call, count: number) => number = () => 204) {
  const calls: Call[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const call = {
        headers: request.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString("utf8"),
      };
      calls.push(call);
      response.writeHead(answer(call, calls.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { calls, url: `http://127.0.0.1:${port}/hook`, close };
}

export interface MessagesWorld {
  engines: TestEngines;
  people: People;
  parts: MessagesParts;
  tasks: ReturnType<typeof messagesTasks>;
  workspace: WorkspaceRef;
  close(): Promise<void>;
}

/** The messages room on real engines, with the clock in the test's hand. */
export async function messagesWorld(now = "2026-06-01T02:00:00Z"): Promise<MessagesWorld> {
  const engines = await testEngines({ now });
  const { db, clickhouse, clock, jobs, log } = engines;
  const keysOf = (workspace: number) => engines.workspaceKeys(db, workspace);
  const people = openPeople({ db, clickhouse, clock, log, keysOf });
  await people.prepare();
  const publicUrl = () => "http://stork.test";
  const parts: MessagesParts = { db, clickhouse, clock, jobs, log, vault: people.vault, keysOf, publicUrl };
  const deliverer = createDeliverer(clock);
  const presence = await showPresence(db, deliverer.sender, log);
  return {
    engines,
    people,
    parts,
    tasks: messagesTasks(parts, deliverer),
    workspace: await testWorkspace(engines),
    async close() {
      deliverer.close();
      await presence.leave();
      people.stop();
      await engines.close();
    },
  };
}

export interface Mother {
  email?: string;
  name?: string;
  city?: string;
  bornOn?: string;
  consent?: "granted" | "withdrawn" | null;
}

/** Makes families that said yes to messages unless told otherwise; answers their persons. */
export async function settleFamilies(
  { engines, people, workspace }: MessagesWorld,
  mothers: readonly Mother[],
): Promise<number[]> {
  const at = new Date(engines.clock.now().getTime() - 86_400_000);
  const sightings = mothers.map(({ email }, i) => ({
    identifiers: [
      { namespace: "user", value: `u-${email ?? "none"}-${i}` },
      ...(email === undefined ? [] : [{ namespace: "email", value: email }]),
    ],
    source: 0,
    message: `m-${i}`,
    at,
    rule: "same-message" as const,
  }));
  const nodes = (await people.identity.resolve(workspace.id, sightings)).map(([first]) => first as number);
  const statements = mothers.flatMap(({ name, city, bornOn, consent = "granted" }, i): Statement[] => {
    const common = { node: nodes[i] as number, at };
    return [
      { ...common, kind: "traits", traits: { ...(name ? { name } : {}), ...(city ? { city } : {}) } },
      ...(bornOn ? ([{ ...common, kind: "child", key: "1", bornOn, statedBy: "test" }] as const) : []),
      ...(consent
        ? ([{ ...common, kind: "consent", purpose: "marketing", state: consent, saidBy: "test" }] as const)
        : []),
    ];
  });
  await people.recordStatements(workspace.id, statements);
  return nodes;
}

/** A channel to a server on this machine. */
export async function channelTo(
  { parts, workspace }: MessagesWorld,
  channel: { kind: "email"; port: number } | { kind: "webhook"; url: string; secret: string },
): Promise<number> {
  const { db, vault, clock } = parts;
  const kept =
    channel.kind === "email"
      ? {
          kind: channel.kind,
          settings: { host: "127.0.0.1", port: channel.port, secure: false, from: "育见 <hello@stork.test>" },
          secret: null,
        }
      : { kind: channel.kind, settings: { url: channel.url }, secret: channel.secret };
  return (await insertChannel({ db, vault }, workspace.id, { name: "test", ...kept }, clock.now())).id;
}

/** Everybody: those who said nothing of the trait that nobody has. */
const everybody: Condition = {
  kind: "not",
  of: { kind: "trait", key: "nobody-has-this", op: "exists" },
};

/** A campaign to everybody, as a draft. */
export async function draftCampaign(
  { parts, workspace }: MessagesWorld,
  channel: number,
  change: Partial<Draft> = {},
): Promise<number> {
  const { db, clock } = parts;
  const { id: segment } = await insertSegment(
    db,
    workspace.id,
    { name: "everybody", where: everybody },
    clock.now(),
  );
  const draft: Draft = {
    name: "六月问候",
    segment,
    channel,
    subject: "{{ person.name | default: '妈妈' }}，您好",
    body: '<p>给您和宝宝：<a href="https://shop.test/june">看看</a></p>',
    holdoutShare: 0,
    conversionEvent: "Order Completed",
    conversionDays: 7,
    ...change,
  };
  return insertCampaign(db, workspace.id, draft, `seed-${channel}`, clock.now());
}

export async function start({ parts }: MessagesWorld, campaign: number): Promise<void> {
  const { db, jobs, clock } = parts;
  const found = await findCampaign(db, campaign);
  if (found === null) throw new Error("no campaign");
  if (!(await startCampaign(db, jobs, campaign, compile(found).links, clock.now())))
    throw new Error("not started");
}

export interface LogRow {
  id: number;
  person: number;
  arm: string;
  state: string;
  reason: string | null;
  attempts: number;
}

export const messagesOf = async ({ parts }: MessagesWorld, campaign: number): Promise<LogRow[]> =>
  (
    await sql<LogRow>`
      select id, person, arm, state, reason, attempts from message where campaign_id = ${campaign} order by person`.execute(
      parts.db,
    )
  ).rows;
