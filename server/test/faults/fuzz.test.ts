import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { gzipSync } from "node:zlib";
import type { Source } from "@stork/contract/sources.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pause } from "../sender.ts";
import { ask, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

/** STORK_FUZZ=100000 for the long run. */
const bodies = Number(process.env["STORK_FUZZ"] ?? 1_500);
const minute = 60_000;
const seed = 20_261_122;
const atOnce = 32;

interface Shot {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const awkward = fc.constantFrom<unknown>(
  ...[
    null,
    "",
    " ",
    0,
    -1,
    1e308,
    -0,
    "\0",
    "\ud800",
    "null",
    "__proto__",
    "constructor",
    "\u202e",
    "字".repeat(9_000),
  ],
  ...[
    [],
    {},
    [[[]]],
    { $ne: 1 },
    "1' or 1=1 --",
    "{p0:UInt32}",
    "13800000000",
    "2026-02-30",
    "9".repeat(400),
    true,
  ],
);
const value = fc.oneof(
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 3, arbitrary: awkward },
  fc.string(),
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom("sku", "price", "products", "revenue", "phone", "$name", "children", "\0", "\ud800"),
);
const fields = fc.oneof({ weight: 12, arbitrary: fc.dictionary(key, value, { maxKeys: 6 }) }, value);
/** Mostly of the right shape, so that most of them come further than the first check. */
const of = (usual: fc.Arbitrary<unknown>) => fc.oneof({ weight: 14, arbitrary: usual }, value);
const text = of(fc.constantFrom("u1", "u2", "a1", "妈妈"));
const time = of(fc.constantFrom("2026-05-01T00:00:00Z", "2026/5/1 8:00", 1_770_000_000, 1_770_000_000_000));

const segmentItem = fc.record(
  {
    type: of(fc.constantFrom("track", "page", "screen", "identify", "group", "alias")),
    event: of(fc.constantFrom("Order Completed", "Product Viewed")),
    ...{ userId: text, anonymousId: text, groupId: text, previousId: text, messageId: of(fc.uuid()) },
    ...{
      timestamp: time,
      sentAt: time,
      context: fields,
      properties: fields,
      traits: fields,
      integrations: value,
    },
  },
  { requiredKeys: ["type"] },
);
const sensorsItem = fc.record(
  {
    type: of(
      fc.constantFrom(
        ...["track", "track_signup", "track_id_bind", "track_id_unbind", "profile_set", "profile_set_once"],
        ...[
          "profile_increment",
          "profile_append",
          "profile_unset",
          "profile_delete",
          "item_set",
          "item_delete",
        ],
      ),
    ),
    event: of(fc.constantFrom("$pageview", "$SignUp", "ViewProduct")),
    ...{ distinct_id: text, login_id: text, anonymous_id: text, original_id: text, identities: fields },
    ...{
      time,
      _flush_time: time,
      _track_id: value,
      properties: fields,
      lib: fields,
      item_type: text,
      item_id: text,
    },
  },
  { requiredKeys: ["type"] },
);
const record = fc.record(
  {
    order_id: of(fc.uuid()),
    sku: text,
    at: time,
    amount: value,
    status: value,
    phone: value,
    products: value,
    changed_at: time,
  },
  { requiredKeys: [] },
);
const kinds = [
  "order",
  "product",
  "stock",
  "purchase-order",
  "spend",
  "member",
  "ticket",
  "review",
  "survey",
];
/** A byte changed, cut out or cut off: what a bad line does. */
const damage = fc.oneof(
  { weight: 6, arbitrary: fc.constant(null) },
  fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("change", "cut", "drop")),
);

function damaged(bytes: Buffer, how: [number, number, string] | null): Buffer {
  if (how === null || bytes.length === 0) return bytes;
  const [place, byte, what] = how;
  const at = place % bytes.length;
  if (what === "cut") return bytes.subarray(0, at);
  if (what === "drop") return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  const copy = Buffer.from(bytes);
  copy[at] = byte;
  return copy;
}

function shots(key: string, apiPath: string, apiKey: string): fc.Arbitrary<Shot> {
  const json = (what: unknown) => Buffer.from(JSON.stringify(what) ?? "");
  const segment = fc
    .tuple(
      fc.constantFrom("batch", "import", "track", "identify", "page", "group", "alias", "t", "b"),
      fc.array(of(segmentItem), { maxLength: 5 }),
      time,
      damage,
      fc.nat(5),
    )
    .map(([path, items, sentAt, how, packed]): Shot => {
      const isBatch = /^b|import/.test(path);
      const body = damaged(json(isBatch ? { batch: items, sentAt } : (items[0] ?? {})), how);
      const zipped = packed === 0;
      return {
        ...{ method: "POST", path: `/v1/${path}`, body: zipped ? gzipSync(body) : body },
        headers: {
          authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
          "content-type": packed === 1 ? "text/plain" : "application/json",
          ...(zipped || packed === 2 ? { "content-encoding": packed === 2 ? "deflate" : "gzip" } : {}),
        },
      };
    });
  const sensors = fc
    .tuple(
      fc.constantFrom("/sa", "/sa.gif", "/debug"),
      fc.array(of(sensorsItem), { maxLength: 4 }),
      damage,
      fc.nat(6),
    )
    .map(([path, items, how, way]): Shot => {
      const packed = way === 0 ? gzipSync(json(items)) : json(items);
      const data = damaged(Buffer.from(packed.toString("base64")), how).toString("latin1");
      const form = new URLSearchParams({
        data_list: data,
        gzip: way === 0 ? "1" : way === 1 ? "9" : "0",
        ...(way === 2 ? { crc: "7" } : {}),
      }).toString();
      const isGet = way === 3 && path !== "/debug" && form.length < 8_000;
      return {
        ...{ method: isGet ? "GET" : "POST", path: `${path}?token=${key}${isGet ? `&${form}` : ""}` },
        headers: isGet ? {} : { "content-type": "application/x-www-form-urlencoded" },
        body: Buffer.from(isGet ? "" : form),
      };
    });
  const records = fc.tuple(fc.constantFrom(...kinds), fc.array(of(record), { maxLength: 4 }), damage).map(
    ([kind, items, how]): Shot => ({
      ...{
        method: "POST",
        path: `${apiPath}/records/${kind}:batch`,
        body: damaged(json({ records: items }), how),
      },
      headers: { authorization: `Bearer ${apiKey}`, "content-type": "application/json" },
    }),
  );
  const noise = fc
    .tuple(
      fc.constantFrom("/v1/batch", "/v1/track", "/sa", "/sa.gif", "/debug"),
      fc.uint8Array({ maxLength: 300 }),
    )
    .map(
      ([path, bytes]): Shot => ({
        method: "POST",
        path: `${path}?token=${key}`,
        headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}` },
        body: Buffer.from(bytes),
      }),
    );
  return fc.oneof(
    { weight: 5, arbitrary: segment },
    { weight: 5, arbitrary: sensors },
    { weight: 1, arbitrary: records },
    { weight: 1, arbitrary: noise },
  );
}

/** What it answers in the end: told to come again by a server that is busy, one comes again. */
async function patiently(url: string, agent: Agent, shot: Shot): Promise<{ status: number; text: string }> {
  for (let tries = 0; ; tries += 1) {
    const answer = await fire(url, agent, shot);
    if ((answer.status !== 429 && answer.status !== 503) || tries > 20) return answer;
    await pause(500);
  }
}

/** The answer's status and text. */
function fire(
  url: string,
  agent: Agent,
  { method, path, headers, body }: Shot,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url + path,
      { method, agent, headers: { ...headers, "content-length": body.length } },
      (answer) => {
        let said = "";
        answer.on("data", (chunk: Buffer) => {
          said += chunk.toString("latin1");
        });
        answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text: said }));
        answer.once("error", reject);
      },
    );
    sent.once("error", reject);
    sent.end(method === "GET" ? undefined : body);
  });
}

const memoryMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

test(
  `${bodies} bodies of every kind of wrong: no answer of 5xx, no crash, no growth`,
  async () => {
    const folder = await usedFolder();
    const server = startServer(folder.dir);
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    try {
      const url = await server.ready;
      const path = "/api/v1/workspaces/fuzz";
      await ask(url, "POST", "/api/v1/workspaces", { slug: "fuzz", name: "fuzz" });
      const source = (await ask(url, "POST", `${path}/sources`, {
        kind: "http",
        name: "fuzz",
      })) as unknown as Source;
      const arbitrary = shots(source.writeKey, path, "sk_faults_owner");
      const bad: { status: number; text: string; shot: string }[] = [];
      const statuses = new Map<number, number>();
      const memory: number[] = [];
      const rounds = 20;
      for (let round = 0; round < rounds; round += 1) {
        const some = fc.sample(arbitrary, { numRuns: Math.ceil(bodies / rounds), seed: seed + round });
        for (let from = 0; from < some.length; from += atOnce) {
          const few = some.slice(from, from + atOnce);
          const answers = await Promise.all(few.map((shot) => patiently(url, agent, shot)));
          for (const [i, { status, text }] of answers.entries()) {
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            const { method, path: to, body } = few[i] as Shot;
            if (status >= 500)
              bad.push({ status, text, shot: `${method} ${to} ${body.toString("latin1").slice(0, 400)}` });
          }
        }
        memory.push(memoryMb(server.pid));
      }
      expect(bad.slice(0, 5)).toEqual([]);
      // Both were reached: much was taken, much refused.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(bodies / 4);
      expect(
        [...statuses.keys()].every((status) => [200, 400, 401, 404, 413, 415, 422].includes(status)),
        JSON.stringify([...statuses]),
      ).toBe(true);
      // The first rounds fill caches; after that nothing grows with what was sent.
      const middle = (from: number, to: number) =>
        [...memory.slice(from, to)].sort((a, b) => a - b)[Math.floor((to - from) / 2)] ?? 0;
      const growth = middle(rounds - 6, rounds) - middle(rounds / 2 - 3, rounds / 2 + 3);
      expect(growth, `resident MB by round: ${memory.map(Math.round).join(" ")}`).toBeLessThan(60);
      expect(server.output()).not.toMatch(/request failed|uncaught|unhandled/i);
      expect(((await ask(url, "GET", "/api/v1/health")) as unknown as { status: string }).status).toBe("ok");
    } finally {
      agent.destroy();
      server.kill("SIGKILL");
      await server.ended;
      folder.remove();
    }
  },
  // A hundred thousand take about half an hour where the machine has nothing else to do.
  Math.max(10, bodies / 500) * minute,
);
