import { afterAll, beforeAll, expect, test } from "vitest";
import { mailServer } from "../messages-world.ts";
import { ask, type ServerProcess, startServer } from "../server-process.ts";
import { until } from "../until.ts";
import { usedFolder } from "./used-folder.ts";

/** How often the server is killed while it sends; more on a patient machine. */
const kills = Number(process.env["STORK_KILLS"] ?? 3);
const families = 300;

interface Campaign {
  id: string;
  status: string;
  counts: {
    audience: number;
    holdout: number;
    waiting: number;
    held: number;
    sent: number;
    unknown: number;
    parked: number;
  };
}

let folder: Awaited<ReturnType<typeof usedFolder>>;
let server: ServerProcess;
let mail: Awaited<ReturnType<typeof mailServer>>;
const path = "/api/v1/workspaces/kills";

beforeAll(async () => {
  folder = await usedFolder();
  mail = await mailServer({ onRcptTo: (_address, _session, callback) => setTimeout(callback, 20) });
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  await mail?.close();
  folder?.remove();
});

/** Back to ten in the morning of today or yesterday in Shanghai, when people may be written to. */
const shift = (() => {
  const now = Date.now();
  const morning = Math.floor((now - 7_200_000) / 86_400_000) * 86_400_000 + 7_200_000;
  return morning - now;
})();

function start(): ServerProcess {
  server = startServer(
    folder.dir,
    { STORK_TEST_CLOCK_SHIFT_MS: String(shift) },
    "server/test/faults/daytime-server.ts",
  );
  return server;
}

test(
  `killed ${kills} times while sending to ${families} families: nobody twice, nobody forgotten`,
  async () => {
    let url = await start().ready;
    const campaign = await prepare(url);
    await ask(url, "POST", `${path}/campaigns/${campaign}/start`);
    for (let kill = 1; kill <= kills; kill += 1) {
      const enough = Math.floor((families * 0.85 * kill) / (kills + 1));
      await until(() => mail.mails.length >= enough, 180_000);
      server.kill("SIGKILL");
      await server.ended;
      url = await start().ready;
    }
    let last = await ask<Campaign>(url, "GET", `${path}/campaigns/${campaign}`);
    await until(async () => {
      last = await ask<Campaign>(url, "GET", `${path}/campaigns/${campaign}`);
      return last.status === "done";
    }, 300_000);

    const times = new Map<string, number>();
    for (const { to } of mail.mails) times.set(to, (times.get(to) ?? 0) + 1);
    expect([...times].filter(([, count]) => count > 1)).toEqual([]);
    const { audience, holdout, sent, unknown, held, parked, waiting } = last.counts;
    expect({ audience, waiting, parked }).toEqual({ audience: families, waiting: 0, parked: 0 });
    expect(sent + unknown + held + holdout).toBe(families);
    // Everybody who got a mail is sent or, where the answer was lost, unknown; nobody else is called sent.
    expect(mail.mails.length).toBeGreaterThanOrEqual(sent);
    expect(mail.mails.length).toBeLessThanOrEqual(sent + unknown);
    // At most those on their way at each kill.
    expect(unknown).toBeLessThanOrEqual(kills * 8);
    await expect.poll(() => facts(url, campaign)).toBe(sent);
  },
  600_000 + kills * 60_000,
);

/** Facts are noted after the send log; they follow, none lost and none twice. */
async function facts(url: string, campaign: string): Promise<number> {
  const where = {
    kind: "did",
    event: "Message Sent",
    where: [{ property: "campaign", op: "=", value: campaign }],
  };
  const once = { ...where, count: { op: "=", value: 1 } };
  const count = (condition: object) =>
    ask<{ persons: number }>(url, "POST", `${path}/segments/count`, { where: condition });
  const [all, single] = await Promise.all([count(where), count(once)]);
  expect(single.persons).toBe(all.persons);
  return all.persons;
}

async function prepare(url: string): Promise<string> {
  await ask(url, "POST", "/api/v1/workspaces", { slug: "kills", name: "kills" });
  const { writeKey } = await ask<{ writeKey: string }>(url, "POST", `${path}/sources`, {
    kind: "http",
    name: "shop",
  });
  const batch = Array.from({ length: families }, (_, i) => ({
    type: "identify",
    messageId: `m${i}`,
    userId: `u${i}`,
    timestamp: new Date(Date.now() + shift - 3_600_000).toISOString(),
    traits: { email: `mother${i}@x.test`, marketingConsent: true, plan: "all" },
  }));
  const reply = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" },
    body: JSON.stringify({ batch }),
  });
  expect(reply.status, await reply.text()).toBe(200);
  const segment = await ask<{ id: string }>(url, "POST", `${path}/segments`, {
    name: "all",
    where: { kind: "trait", key: "plan", op: "=", value: "all" },
  });
  const channel = await ask<{ id: string }>(url, "POST", `${path}/channels`, {
    kind: "email",
    name: "mail",
    settings: { host: "127.0.0.1", port: mail.port, from: "hello@kills.test" },
  });
  const { id } = await ask<Campaign>(url, "POST", `${path}/campaigns`, {
    name: "kills",
    segment: segment.id,
    channel: channel.id,
    content: { subject: "hello", body: '<a href="https://shop.test">x</a>' },
    holdoutShare: 0.1,
  });
  return id;
}
