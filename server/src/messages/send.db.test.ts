import { afterAll, beforeAll, expect, test } from "vitest";
import {
  channelTo,
  draftCampaign,
  type MessagesWorld,
  mailServer,
  messagesOf,
  messagesWorld,
  settleFamilies,
  start,
} from "../../test/messages-world.ts";
import { ch, str, u32 } from "../platform/clickhouse.ts";
import { findCampaign } from "./campaign.store.ts";
import { planCampaign } from "./plan.job.ts";
import { pauseCampaign, resumeCampaign, retryMessages, stopCampaign, takeUpForgotten } from "./run.store.ts";
import { writeToken } from "./token.ts";
import { readLink } from "./tracked.store.ts";
import { unsubscribe } from "./unsubscribe.store.ts";

let world: MessagesWorld;
beforeAll(async () => {
  world = await messagesWorld();
});
afterAll(() => world.close());

test("everybody who may be written to gets one message, and the facts say so", async () => {
  const server = await mailServer();
  await settleFamilies(world, [
    { email: "a@x.test", name: "王小雨" },
    { email: "b@x.test" },
    { email: "c@x.test", consent: null },
    { email: "d@x.test", consent: "withdrawn" },
    {},
  ]);
  const campaign = await draftCampaign(world, await channelTo(world, { kind: "email", port: server.port }));
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  expect((await messagesOf(world, campaign)).map(({ state, reason }) => reason ?? state)).toEqual([
    "sent",
    "sent",
    "no-consent",
    "consent-withdrawn",
    "no-address",
  ]);
  expect((await findCampaign(world.parts.db, campaign))?.status).toBe("done");
  expect(server.mails.map(({ to }) => to).sort()).toEqual(["a@x.test", "b@x.test"]);
  const mail = server.mails.find(({ to }) => to === "a@x.test")?.raw ?? "";
  expect(mail).toMatch(/^List-Unsubscribe: <http:\/\/stork\.test\/u\/[\w-]{23}>/m);
  expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
  expect(mail).toMatch(new RegExp(`^Message-ID: <stork-${world.workspace.id}-\\d+@stork\\.test>`, "m"));
  expect(mail).not.toContain("shop.test");
  const facts = await world.parts.clickhouse.query<{ name: string; events: number }>(
    ch`select name, toUInt32(count()) as events from event_once where workspace = ${u32(world.workspace.id)}
      and name like 'Message%' group by name order by name`,
  );
  expect(facts).toEqual([
    { name: "Message Delivered", events: 2 },
    { name: "Message Sent", events: 2 },
  ]);
  await server.close();
});

test("one message a day over all campaigns, whichever comes first", async () => {
  const server = await mailServer();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-02T02:00:00Z");
  const [first, second] = [await draftCampaign(world, channel), await draftCampaign(world, channel)];
  await Promise.all([start(world, first), start(world, second)]);
  // Two servers at once.
  await Promise.all([world.engines.runJobs(world.tasks), world.engines.runJobs(world.tasks)]);
  expect(server.mails.map(({ to }) => to).sort()).toEqual(["a@x.test", "b@x.test"]);
  const states = [...(await messagesOf(world, first)), ...(await messagesOf(world, second))].map(
    ({ state, reason }) => reason ?? state,
  );
  expect(states.filter((state) => state === "sent")).toHaveLength(2);
  expect(states.filter((state) => state === "already-today")).toHaveLength(2);
  await server.close();
});

test("the holdout gets nothing, the same people however often it is asked", async () => {
  const server = await mailServer();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-03T02:00:00Z");
  const campaign = await draftCampaign(world, channel, { holdoutShare: 0.5 });
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  const rows = await messagesOf(world, campaign);
  for (const row of rows) expect(row.arm === "holdout").toBe(row.state === "holdout");
  // The gate was asked of both arms alike: c has no consent, d withdrew it, the last has no address.
  const asked = await world.parts.db
    .selectFrom("message")
    .select(["person", "reachable"])
    .where("campaign_id", "=", campaign)
    .orderBy("person")
    .execute();
  expect(asked.map(({ reachable }) => reachable)).toEqual([true, true, false, false, false]);
  expect(server.mails).toHaveLength(rows.filter(({ state }) => state === "sent").length);
  await server.close();
});

test("at night everything waits for eight o'clock", async () => {
  const server = await mailServer();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-04T13:30:00Z");
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  expect(server.mails).toHaveLength(0);
  expect((await messagesOf(world, campaign)).every(({ reason }) => reason === "quiet-hours")).toBe(true);
  world.engines.clock.set("2026-06-04T23:59:00Z");
  await world.engines.runJobs(world.tasks);
  expect(server.mails).toHaveLength(0);
  world.engines.clock.set("2026-06-05T00:00:00Z");
  await world.engines.runJobs(world.tasks);
  expect(server.mails).toHaveLength(2);
  await server.close();
});

test("a server that is down is tried again and then parked with its reason; a retry sends", async () => {
  const server = await mailServer();
  await server.close();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-06T00:00:00Z");
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  const waiting = (await messagesOf(world, campaign)).filter(({ state }) => state === "planned");
  expect(waiting.map(({ reason, attempts }) => ({ reason, attempts }))).toEqual([
    { reason: "channel-unreachable", attempts: 1 },
    { reason: "channel-unreachable", attempts: 1 },
  ]);
  for (let hour = 0; hour < 10; hour += 1) {
    world.engines.clock.advance(3_600_000);
    await world.engines.runJobs(world.tasks);
  }
  const parked = (await messagesOf(world, campaign)).filter(({ state }) => state === "parked");
  expect(parked.map(({ reason }) => reason)).toEqual(["channel-unreachable", "channel-unreachable"]);
  expect((await findCampaign(world.parts.db, campaign))?.status).toBe("done");

  const revived = await mailServer();
  await world.parts.db
    .updateTable("channel")
    .set({
      settings: JSON.stringify({
        host: "127.0.0.1",
        port: revived.port,
        secure: false,
        from: "a@stork.test",
      }),
    })
    .where("id", "=", channel)
    .execute();
  expect(
    await retryMessages(world.parts.db, world.parts.jobs, campaign, "parked", world.engines.clock.now()),
  ).toBe(2);
  await world.engines.runJobs(world.tasks);
  expect(revived.mails).toHaveLength(2);
  await revived.close();
});

test("an address that the server refuses for good is parked, and a user it does not know is never tried again", async () => {
  const server = await mailServer({
    onRcptTo({ address }, _session, callback) {
      if (address.startsWith("a@")) {
        const error = Object.assign(new Error("5.1.1 no such user"), { responseCode: 550 });
        return callback(error);
      }
      if (address.startsWith("b@")) {
        return callback(Object.assign(new Error("4.2.1 greylisted"), { responseCode: 450 }));
      }
      callback();
    },
  });
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-07T00:00:00Z");
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  const rows = await messagesOf(world, campaign);
  expect(rows.slice(0, 2).map(({ state, reason }) => [state, reason])).toEqual([
    ["parked", "address-refused"],
    ["planned", "channel-busy"],
  ]);
  await stopCampaign(world.parts.db, campaign, world.engines.clock.now());
  expect((await messagesOf(world, campaign))[1]).toMatchObject({ state: "held", reason: "stopped" });
  const next = await draftCampaign(world, channel);
  world.engines.clock.set("2026-06-08T00:00:00Z");
  await start(world, next);
  await world.engines.runJobs(world.tasks);
  expect((await messagesOf(world, next))[0]).toMatchObject({ state: "held", reason: "bounced" });
  await server.close();
});

test("a connection lost after the dot leaves the message unknown, and it is not sent again by itself", async () => {
  const heard: string[] = [];
  const server = await mailServer({
    onData(stream, session) {
      stream.resume();
      stream.on("end", () => {
        heard.push(session.envelope.rcptTo[0]?.address ?? "");
        // The answer never comes: the line goes dead instead.
        for (const socket of server.sockets) socket.destroy();
      });
    },
  });
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-09T00:00:00Z");
  await settleFamilies(world, [{ email: "e@x.test" }]);
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  const unknown = (await messagesOf(world, campaign)).filter(({ state }) => state === "unknown");
  expect(unknown.length).toBeGreaterThan(0);
  expect(unknown.every(({ reason }) => reason === "no-answer")).toBe(true);
  world.engines.clock.set("2026-06-10T00:00:00Z");
  await world.engines.runJobs(world.tasks);
  // Those that had not left when the line died were tried again; what may have arrived was not.
  const after = (await messagesOf(world, campaign)).filter(({ state }) => state === "unknown");
  expect(new Set(heard).size).toBe(heard.length);
  expect(heard.length).toBeLessThanOrEqual(after.length);
  await server.close();
});

test("paused means at once; resumed goes on without repeating", async () => {
  const server = await mailServer({
    onRcptTo: (_address, _session, callback) => {
      paused ??= pauseCampaign(world.parts.db, campaign);
      void paused.then(() => callback());
    },
  });
  let paused: Promise<unknown> | undefined;
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-11T00:00:00Z");
  await settleFamilies(
    world,
    Array.from({ length: 30 }, (_, i) => ({ email: `p${i}@x.test` })),
  );
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  expect(server.mails).toHaveLength(0);
  expect((await messagesOf(world, campaign)).filter(({ state }) => state === "sending")).toHaveLength(0);
  await resumeCampaign(world.parts.db, world.parts.jobs, campaign, world.engines.clock.now());
  await world.engines.runJobs(world.tasks);
  const sent = (await messagesOf(world, campaign)).filter(({ state }) => state === "sent");
  expect(new Set(server.mails.map(({ to }) => to)).size).toBe(server.mails.length);
  expect(server.mails).toHaveLength(sent.length);
  expect(sent.length).toBeGreaterThanOrEqual(31);
  await server.close();
});

test("whoever takes back consent between plan and sending gets nothing", async () => {
  const server = await mailServer();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-12T14:00:00Z");
  const [node] = await settleFamilies(world, [{ email: "late@x.test" }]);
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  const at = world.engines.clock.now();
  await world.people.recordStatements(world.workspace.id, [
    { kind: "consent", node: node as number, purpose: "marketing", state: "withdrawn", saidBy: "user:1", at },
  ]);
  world.engines.clock.set("2026-06-13T00:00:00Z");
  await world.engines.runJobs(world.tasks);
  expect(server.mails.length).toBeGreaterThan(0);
  expect(server.mails.map(({ to }) => to)).not.toContain("late@x.test");
  await server.close();
});

test("whoever unsubscribes while their message is on its way gets nothing either", async () => {
  let theirs = 0;
  const server = await mailServer({
    // The body has gone, the dot has not: the last moment.
    onRcptTo({ address }, _session, callback) {
      if (address !== "sudden@x.test") return callback();
      theirs += 1;
      void leave().then(() => callback());
    },
  });
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-14T02:00:00Z");
  const [node] = await settleFamilies(world, [{ email: "sudden@x.test" }]);
  const campaign = await draftCampaign(world, channel);
  const leave = async (): Promise<void> => {
    const row = (await messagesOf(world, campaign)).find(({ person }) => person === node);
    const token = writeToken((await world.parts.keysOf(world.workspace.id)).hash, {
      kind: "unsubscribe",
      message: row?.id ?? 0,
      link: 0,
    });
    const found = await readLink(world.parts, "unsubscribe", token);
    if (found !== null) await unsubscribe(world.parts, found);
  };
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  expect(theirs).toBe(1);
  expect(server.mails.map(({ to }) => to)).not.toContain("sudden@x.test");
  const row = (await messagesOf(world, campaign)).find(({ person }) => person === node);
  expect(row).toMatchObject({ state: "held", reason: "consent-withdrawn" });
  expect((await findCampaign(world.parts.db, campaign))?.status).toBe("done");
  await server.close();
});

test("a sender that died: what had not left is sent, what may have arrived is not, until staff says so", async () => {
  const server = await mailServer();
  const mail = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-15T02:00:00Z");
  const campaign = await draftCampaign(world, mail);
  await start(world, campaign);
  await planCampaign(world.parts, campaign, { signal: new AbortController().signal });
  const [before, handed] = (await messagesOf(world, campaign)).slice(0, 2).map(({ id }) => id);
  const dead = { owner: "1.dead", lease_until: new Date(Date.now() + 3_600_000), day: "2026-06-15" };
  const mark = (id: number | undefined, handedAt: Date | null) =>
    world.parts.db
      .updateTable("message")
      .set({ ...dead, state: "sending", handed_at: handedAt })
      .where("id", "=", id ?? 0)
      .execute();
  await mark(before, null);
  await mark(handed, world.engines.clock.now());
  await world.engines.runJobs(world.tasks);
  const after = await messagesOf(world, campaign);
  expect(after.find(({ id }) => id === before)).toMatchObject({ state: "held", reason: "bounced" });
  expect(after.find(({ id }) => id === handed)).toMatchObject({ state: "unknown", reason: "died" });
  expect(server.mails.map(({ to }) => to)).not.toContain("b@x.test");
  expect(
    await retryMessages(world.parts.db, world.parts.jobs, campaign, "unknown", world.engines.clock.now()),
  ).toBe(1);
  await world.engines.runJobs(world.tasks);
  expect(server.mails.filter(({ to }) => to === "b@x.test")).toHaveLength(1);
  await server.close();
});

test("what could not be noted in ClickHouse is noted later, once", async () => {
  const server = await mailServer();
  const channel = await channelTo(world, { kind: "email", port: server.port });
  world.engines.clock.set("2026-06-16T02:00:00Z");
  const campaign = await draftCampaign(world, channel);
  await start(world, campaign);
  await world.engines.runJobs(world.tasks);
  // As after a crash between writing the facts and marking them written.
  await world.parts.db
    .updateTable("message")
    .set({ noted_at: null })
    .where("campaign_id", "=", campaign)
    .execute();
  await world.parts.db
    .updateTable("campaign")
    .set({ beat_at: new Date(0) })
    .where("id", "=", campaign)
    .execute();
  expect(await takeUpForgotten(world.parts.db, world.parts.jobs, world.engines.clock.now(), 20)).toBe(1);
  await world.engines.runJobs(world.tasks);
  const sent = (await messagesOf(world, campaign)).filter(({ state }) => state === "sent").length;
  const [facts] = await world.parts.clickhouse.query<{ events: number }>(
    ch`select toUInt32(count()) as events from event_once where workspace = ${u32(world.workspace.id)}
      and name = 'Message Sent' and JSONExtractString(properties, 'campaign') = ${str(String(campaign))}`,
  );
  expect(facts?.events).toBe(sent);
  await server.close();
});
