import { afterAll, beforeAll, expect, test } from "vitest";
import { ask } from "../server-process.ts";
import { until } from "../until.ts";
import { mothersShop, sendingServer, toWhomTwice } from "./sending.ts";

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

let server: Awaited<ReturnType<typeof sendingServer>>;
const path = "/api/v1/workspaces/kills";

beforeAll(async () => {
  server = await sendingServer();
});
afterAll(() => server?.close());

test(
  `killed ${kills} times while sending to ${families} families: nobody twice, nobody forgotten`,
  async () => {
    const { mail } = server;
    let url = await server.start();
    const campaign = await prepare(url);
    await ask(url, "POST", `${path}/campaigns/${campaign}/start`);
    for (let kill = 1; kill <= kills; kill += 1) {
      const enough = Math.floor((families * 0.85 * kill) / (kills + 1));
      await until(() => mail.mails.length >= enough, 180_000);
      await server.kill();
      url = await server.start();
    }
    let last = await ask<Campaign>(url, "GET", `${path}/campaigns/${campaign}`);
    await until(async () => {
      last = await ask<Campaign>(url, "GET", `${path}/campaigns/${campaign}`);
      return last.status === "done";
    }, 300_000);

    expect(toWhomTwice(mail)).toEqual([]);
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
  const { channel } = await mothersShop(url, "kills", { families, mail: server.mail });
  const segment = await ask<{ id: string }>(url, "POST", `${path}/segments`, {
    name: "all",
    where: { kind: "trait", key: "plan", op: "=", value: "all" },
  });
  const { id } = await ask<Campaign>(url, "POST", `${path}/campaigns`, {
    name: "kills",
    segment: segment.id,
    channel,
    content: { subject: "hello", body: '<a href="https://shop.test">x</a>' },
    holdoutShare: 0.1,
  });
  return id;
}
