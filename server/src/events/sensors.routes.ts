import { randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../platform/clock.ts";
import { languageOf } from "../platform/problem.ts";
import { Refusal } from "../platform/refusal.ts";
import { type Bodies, createBodies, readBodies } from "./bodies.routes.ts";
import { unpack } from "./compressed.ts";
import type { Event } from "./event.ts";
import { type Intake, type RefusedNow, sdkNamed } from "./intake.ts";
import {
  badChecksum,
  encryptedBody,
  noData,
  notABatch,
  unknownWriteKey,
  unreadableBody,
} from "./refusals.ts";
import { refusedItems } from "./refused-items.ts";
import { fields } from "./segment-traits.ts";
import { type Envelope, readEnvelope, type Trouble } from "./sensors/envelope.ts";
import { readSensorsItem, type SensorsReading, type ThingChange } from "./sensors-message.ts";
import type { KeyHolder, SourceKeys } from "./source-keys.store.ts";

/** What was said of things goes to a later room, which answers for each whether it keeps such things. */
export type TakeThings = (
  holder: KeyHolder,
  received: number,
  changes: readonly ThingChange[],
) => Promise<boolean[]>;

export interface SensorsDeps {
  intake: Intake;
  bodies?: Bodies;
  keys: SourceKeys;
  clock: Clock;
  /** Null as long as no room keeps things. */
  takeThings(): TakeThings | null;
}

const mostBytes = 5 * 1024 * 1024;
const mostItems = 5_000;
const pixel = Buffer.from("R0lGODlhAQABAIAAAP///wAAACH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==", "base64");
const troubles = {
  "no-data": noData,
  "bad-checksum": badChecksum,
  encrypted: encryptedBody,
  "not-base64": unreadableBody,
} as const satisfies Record<Trouble, unknown>;

/** The Sensors Analytics (神策) protocol: its SDKs for browsers, apps, mini-programs and servers speak it. */
export function sensorsRoutes(http: FastifyInstance, deps: SensorsDeps): void {
  void http.register(async (scope) => {
    readBodies(scope, deps.bodies ?? createBodies());
    scope.addHook("onRequest", async (_request, reply) => {
      reply.header("access-control-allow-origin", "*");
    });
    const schema = { tags: ["collect"], summary: "Sensors Analytics (神策): data or data_list" };
    for (const path of ["/sa", "/sa.gif"]) {
      const hide = path === "/sa.gif";
      scope.post(path, { schema: { ...schema, hide } }, (request, reply) => collect(deps, request, reply));
      scope.get(path, { schema: { ...schema, hide: true } }, (request, reply) =>
        collect(deps, request, reply),
      );
    }
    scope.post("/debug", { schema: { hide: true } }, (request, reply) => debug(deps, request, reply));
    for (const path of ["/sa", "/sa.gif", "/debug"])
      scope.options(path, { schema: { hide: true } }, (request, reply) =>
        reply
          .header("access-control-allow-methods", "GET, POST")
          .header(
            "access-control-allow-headers",
            request.headers["access-control-request-headers"] ?? "content-type, dry-run",
          )
          .header("access-control-max-age", "86400")
          .code(204)
          .send(),
      );
  });
}

async function collect(
  deps: SensorsDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { holder, items } = await readRequest(deps, request);
  const refused = await take(deps, holder, items);
  // The SDKs know no answer for a part: what is refused is in the quarantine, and sent again it would be refused again.
  if (refused.length > 0) reply.header("x-stork-refused", String(refused.length));
  if (!request.url.startsWith("/sa.gif")) return reply.send("");
  return reply.header("cache-control", "no-store").type("image/gif").send(pixel);
}

/** The debug mode of the SDKs: the reason is answered, and nothing is kept when the sender asks for a dry run. */
async function debug(deps: SensorsDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { holder, items } = await readRequest(deps, request);
  const dry = request.headers["dry-run"] === "true";
  const refused = dry ? read(items, readingOf(deps, holder)).refused : await take(deps, holder, items);
  const language = languageOf(request.headers["accept-language"]) === "en" ? "en" : "zh";
  const told = refused.map(({ code }) => refusedItems[code as keyof typeof refusedItems][language]);
  return reply
    .code(refused.length > 0 ? 400 : 200)
    .type("text/plain; charset=utf-8")
    .send(told.join("\n"));
}

async function readRequest(
  deps: SensorsDeps,
  request: FastifyRequest,
): Promise<{ holder: KeyHolder; items: unknown[] }> {
  const query = new URLSearchParams(request.url.split("?", 2)[1] ?? "");
  const body = request.body;
  const form = Buffer.isBuffer(body) ? new URLSearchParams(body.toString("utf8")) : null;
  const token = query.get("token") ?? form?.get("token") ?? "";
  const holder = token === "" ? null : await deps.keys.find(token);
  if (holder === null) throw new Refusal(unknownWriteKey);
  const envelope = readEnvelope(query, form);
  if (typeof envelope === "string") throw new Refusal(troubles[envelope]);
  const items = await open(envelope);
  return { holder, items };
}

async function open({ text, gzip }: Envelope): Promise<unknown[]> {
  const packed = Buffer.from(text, "base64");
  const bytes = gzip ? await unpack(packed, "gzip", mostBytes) : packed;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Refusal(unreadableBody);
  }
  const items = Array.isArray(value) ? value : [value];
  if (items.length > mostItems) throw new Refusal(notABatch);
  return items;
}

const readingOf = ({ clock }: SensorsDeps, { source, zone }: KeyHolder): SensorsReading => ({
  ...{ source, zone },
  received: clock.now().getTime(),
  freshId: randomUUID,
});

interface Read {
  events: Event[];
  sent: unknown[];
  things: ThingChange[];
  thingsSent: unknown[];
  refused: RefusedNow[];
}

function read(items: readonly unknown[], reading: SensorsReading): Read {
  const all: Read = { events: [], sent: [], things: [], thingsSent: [], refused: [] };
  for (const item of items) {
    const one = readItem(item, reading);
    if (typeof one === "string") all.refused.push({ code: one, item });
    else if ("thing" in one) {
      all.things.push(one);
      all.thingsSent.push(item);
    } else {
      all.events.push(one);
      all.sent.push(item);
    }
  }
  return all;
}

function readItem(item: unknown, reading: SensorsReading): ReturnType<typeof readSensorsItem> {
  try {
    return readSensorsItem(item, reading);
  } catch (error) {
    // Nested deeper than the stack reaches.
    if (error instanceof RangeError) return "collect/too-large";
    throw error;
  }
}

/** Commits what can be taken; answers what was refused. */
async function take(deps: SensorsDeps, holder: KeyHolder, items: readonly unknown[]): Promise<RefusedNow[]> {
  const reading = readingOf(deps, holder);
  const { events, sent, things, thingsSent, refused } = read(items, reading);
  deps.intake.heard(holder, reading.received, () => {
    const lib = fields(fields(items[0])?.["lib"]);
    return sdkNamed(lib?.["$lib"], lib?.["$lib_version"]);
  });
  const outcomes = await deps.intake.commit(holder, reading.received, events);
  for (const [i, outcome] of outcomes.entries())
    if (outcome === "nobody") refused.push({ code: "collect/unusable-identity", item: sent[i] });
  if (things.length > 0) {
    const kept = (await deps.takeThings()?.(holder, reading.received, things)) ?? [];
    for (const [i] of things.entries())
      if (kept[i] !== true) refused.push({ code: "collect/items-not-kept", item: thingsSent[i] });
  }
  await deps.intake.refuse(holder, "event", refused, reading.received);
  return refused;
}
