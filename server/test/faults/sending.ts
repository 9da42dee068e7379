import { mailServer } from "../messages-world.ts";
import { ask, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

/** To ten in the morning of today or yesterday in Shanghai, when people may be written to. */
const morningShiftMs = ((): number => {
  const now = Date.now();
  return Math.floor((now - 7_200_000) / 86_400_000) * 86_400_000 + 7_200_000 - now;
})();

/** The server by a clock at which people may be written to. */
export const startByDay = (dir: string, env: NodeJS.ProcessEnv = {}): ServerProcess =>
  startServer(
    dir,
    { ...env, STORK_TEST_CLOCK_SHIFT_MS: String(morningShiftMs) },
    "server/test/faults/daytime-server.ts",
  );

export type Mails = Awaited<ReturnType<typeof mailServer>>;
/** A mail server that takes its time, so that a kill meets what is on its way. */
export const slowMails = (): Promise<Mails> =>
  mailServer({ onRcptTo: (_address, _session, callback) => setTimeout(callback, 20) });

export const toWhomTwice = ({ mails }: Mails): string[] =>
  [...Map.groupBy(mails, ({ to }) => to)].filter(([, all]) => all.length > 1).map(([to]) => to);

/** A server to be killed while it sends, started again on its folder, and its mails. */
export async function sendingServer() {
  const folder = await usedFolder();
  const mail = await slowMails();
  let server: ServerProcess | undefined;
  const kill = async (): Promise<void> => {
    server?.kill("SIGKILL");
    await server?.ended;
  };
  return {
    mail,
    start(): Promise<string> {
      server = startByDay(folder.dir);
      return server.ready;
    },
    kill,
    async close() {
      await kill();
      await mail.close();
      folder.remove();
    },
  };
}

/** A workspace with mothers who agreed to mails, and a channel to reach them by. */
export async function mothersShop(
  url: string,
  slug: string,
  { families, mail }: { families: number; mail: Mails },
): Promise<{ path: string; writeKey: string; channel: string }> {
  const path = `/api/v1/workspaces/${slug}`;
  await ask(url, "POST", "/api/v1/workspaces", { slug, name: slug });
  const source = { kind: "http", name: "shop" };
  const { writeKey } = await ask<{ writeKey: string }>(url, "POST", `${path}/sources`, source);
  const batch = Array.from({ length: families }, (_, i) => ({
    ...{ type: "identify", messageId: `m${i}`, userId: `u${i}` },
    timestamp: new Date(Date.now() + morningShiftMs - 3_600_000).toISOString(),
    traits: { email: `mother${i}@x.test`, marketingConsent: true, plan: "all" },
  }));
  const status = await sendBatch(url, writeKey, batch);
  if (status !== 200) throw new Error(`the mothers were answered with ${status}`);
  const settings = { host: "127.0.0.1", port: mail.port, from: "hello@kills.test" };
  const channel = await ask<{ id: string }>(url, "POST", `${path}/channels`, {
    ...{ kind: "email", name: "mail", settings },
  });
  return { path, writeKey, channel: channel.id };
}

/** The status of the answer; 0 where there was none. */
export async function sendBatch(url: string, writeKey: string, batch: readonly object[]): Promise<number> {
  const headers = { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" };
  const answered = fetch(`${url}/v1/batch`, { method: "POST", headers, body: JSON.stringify({ batch }) });
  return answered.then(
    (reply) => reply.text().then(() => reply.status),
    () => 0,
  );
}

/** Orders that wake a journey: of the mothers from `first` on, so many. */
export const ordersFrom = (first: number, count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ type: "track", messageId: `o${first + i}`, userId: `u${first + i}`, event: "Order Completed" },
    properties: { order_id: `A${first + i}`, total: 99, currency: "CNY" },
    timestamp: new Date(Date.now() + morningShiftMs).toISOString(),
  }));

/** A journey that thanks for an order, started; its id. */
export async function startThanks(
  url: string,
  { path, channel }: { path: string; channel: string },
): Promise<string> {
  const { id } = await ask<{ id: string }>(url, "POST", `${path}/journeys`, {
    name: "thanks",
    entry: { kind: "event", event: "Order Completed" },
    steps: [
      { kind: "condition", where: { kind: "did", event: "Order Completed" } },
      { kind: "message", channel, content: { subject: "thanks", body: "<p>x</p>" } },
    ],
  });
  await ask(url, "POST", `${path}/journeys/${id}/start`);
  return id;
}
