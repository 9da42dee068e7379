import { randomUUID } from "node:crypto";
import { SegmentBatch, SegmentMessage } from "@stork/contract/sources.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../platform/clock.ts";
import { Refusal, say } from "../platform/refusal.ts";
import { type Bodies, readBodies } from "./bodies.routes.ts";
import type { Event, SegmentType } from "./event.ts";
import { type Intake, sdkNamed, sdkOfAgent } from "./intake.ts";
import { PackedEvents } from "./packed-events.ts";
import { notABatch, nothingAccepted, unknownWriteKey, unreadableBody } from "./refusals.ts";
import { type RefusedItem, refusedItems } from "./refused-items.ts";
import { type Reading, readSegmentMessage } from "./segment-message.ts";
import { withTodaysNames } from "./segment-old-names.ts";
import { type Fields, fields } from "./segment-traits.ts";
import type { KeyHolder, SourceKeys } from "./source-keys.store.ts";
import type { Sdk } from "./source-tally.ts";

export interface CollectDeps {
  intake: Intake;
  /** How much of bodies may be in memory; every route that collects shares it. */
  bodies: Bodies;
  keys: SourceKeys;
  clock: Clock;
}

const mostItems = 5_000;

/** The paths of the HTTP API and the one-letter ones of the browser SDK. */
const endpoints: Readonly<Record<string, SegmentType | "batch">> = {
  identify: "identify",
  track: "track",
  page: "page",
  screen: "screen",
  group: "group",
  alias: "alias",
  batch: "batch",
  import: "batch",
  i: "identify",
  t: "track",
  p: "page",
  s: "screen",
  g: "group",
  a: "alias",
  b: "batch",
};

/** The Segment HTTP tracking API. Bodies are read by hand: this is the one place where every microsecond is paid by every event. */
export function collectRoutes(http: FastifyInstance, deps: CollectDeps): void {
  void http.register(async (scope) => {
    readBodies(scope, deps.bodies);
    scope.addHook("onRequest", (_request, reply, done) => {
      reply.header("access-control-allow-origin", "*");
      done();
    });
    for (const [path, type] of Object.entries(endpoints)) {
      const body = type === "batch" ? SegmentBatch : SegmentMessage;
      const schema = { hide: path.length === 1, tags: ["collect"], summary: `Segment: ${type}`, body };
      scope.post(`/v1/${path}`, { schema, validatorCompiler: readByHand }, (request, reply) =>
        collect(deps, type, request, reply),
      );
      scope.options(`/v1/${path}`, { schema: { hide: true } }, (_request, reply) =>
        reply
          .header("access-control-allow-methods", "POST")
          .header("access-control-allow-headers", "authorization, content-type, content-encoding")
          .header("access-control-max-age", "86400")
          .code(204)
          .send(),
      );
    }
  });
}

/** The schemas are for the documentation; see segment-message.ts. */
const readByHand = () => (value: unknown) => ({ value });

/** What became of a request's items once they were read. */
interface Opened {
  holder: KeyHolder;
  received: number;
  /** How many items there were. */
  count: number;
  events: Event[];
  /** Where each event stood among the items. */
  places: number[];
  rows: PackedEvents;
  refused: { index: number; code: RefusedItem; item: unknown }[];
}

async function collect(
  deps: CollectDeps,
  type: SegmentType | "batch",
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { holder, received, count, events, places, rows, refused } = await open(deps, type, request);
  const outcomes = await deps.intake.commit(holder, received, events);
  const nobody = outcomes.includes("nobody") ? places.filter((_, i) => outcomes[i] === "nobody") : [];
  if (nobody.length > 0) {
    // Rare, and the bytes are still there; what was read of them is not.
    const body = readBody(request);
    const items = itemsOf(body, type);
    for (const index of nobody)
      refused.push({ index, code: "collect/unusable-identity", item: asSent(items[index], type, body) });
  }
  if (refused.length > 0) await deps.intake.refuse(holder, "event", refused, received);
  // Of a request that fails or is cut off, somebody may still be at its bytes: those are left to the collector of garbage.
  rows.over();
  deps.bodies.rooms.giveBack(request.body as Buffer<ArrayBuffer>);
  return answer(request, reply, count, refused);
}

/**
 * Reads a request's items. A function of its own, so that nothing but the events is held while they wait to be committed:
 * the items as they came are five times as many objects, and the garbage collector would copy them all.
 */
async function open(
  deps: CollectDeps,
  type: SegmentType | "batch",
  request: FastifyRequest,
): Promise<Opened> {
  // A wrong key is answered before its body is looked at; without a header the body has to say the key.
  const stated = basicUser(request.headers.authorization);
  const early = stated === null ? null : await holderOf(deps, stated);
  const body = readBody(request);
  const holder = early ?? (await holderOf(deps, body["writeKey"]));
  const items = itemsOf(body, type);
  const received = deps.clock.now().getTime();
  const reading = {
    source: holder.source,
    zone: holder.zone,
    received,
    sentAt: body["sentAt"],
    type: type === "batch" ? undefined : type,
    freshId: randomUUID,
  };
  const { workspace, source } = holder;
  const rows = new PackedEvents({ workspace, source, import: 0, received }, items.length, deps.bodies.rooms);
  const opened: Opened = { holder, received, count: items.length, events: [], places: [], rows, refused: [] };
  for (let index = 0; index < items.length; index += 1) {
    const read = readItem(items[index], reading);
    if (typeof read === "string") {
      opened.refused.push({ index, code: read, item: asSent(items[index], type, body) });
    } else {
      opened.events.push(rows.pack(read));
      opened.places.push(index);
    }
  }
  rows.seal();
  deps.intake.heard(holder, received, () => sdkOf(items[0], request));
  return opened;
}

function itemsOf(body: Fields, type: SegmentType | "batch"): readonly unknown[] {
  const items = type === "batch" ? body["batch"] : [body];
  if (!Array.isArray(items) || items.length > mostItems) throw new Refusal(notABatch);
  return items;
}

/** An item with what stood around it, so that it can be read again by itself. */
function asSent(item: unknown, type: SegmentType | "batch", body: Fields): unknown {
  const own = fields(item);
  if (own === undefined) return item;
  const { writeKey: _key, ...rest } = own;
  const sentAt = rest["sentAt"] ?? body["sentAt"];
  return { ...(type === "batch" ? {} : { type }), ...rest, ...(sentAt === undefined ? {} : { sentAt }) };
}

function sdkOf(item: unknown, request: FastifyRequest): Sdk | null {
  const library = fields(fields(fields(item)?.["context"])?.["library"]);
  return sdkNamed(library?.["name"], library?.["version"]) ?? sdkOfAgent(request.headers["user-agent"]);
}

function readItem(item: unknown, reading: Reading): Event | RefusedItem {
  try {
    const read = readSegmentMessage(item, reading);
    if (typeof read !== "string") return read;
    const renamed = withTodaysNames(item);
    return renamed === undefined ? read : readSegmentMessage(renamed, reading);
  } catch (error) {
    // Nested deeper than the stack reaches.
    if (error instanceof RangeError) return "collect/too-large";
    throw error;
  }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  items: number,
  refused: { index: number; code: RefusedItem }[],
): FastifyReply {
  if (refused.length === 0)
    return reply.type("application/json; charset=utf-8").send(`{"success":true,"accepted":${items}}`);
  refused.sort((a, b) => a.index - b.index);
  const language = /^en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "zh";
  const rejected = refused.map(({ index, code }) => ({ index, code, message: refusedItems[code][language] }));
  if (refused.length < items)
    return reply.send({ success: true, accepted: items - refused.length, rejected });
  const { code, status, text } = nothingAccepted;
  return reply
    .code(status)
    .type("application/problem+json")
    .send({
      type: `urn:stork:${code}`,
      title: say(text[language], {}),
      status,
      code,
      errors: rejected.map((one) => ({ path: `batch[${one.index}]`, message: one.message })),
      success: false,
      accepted: 0,
      rejected,
    });
}

async function holderOf(deps: CollectDeps, writeKey: unknown): Promise<KeyHolder> {
  const holder = typeof writeKey === "string" && writeKey !== "" ? await deps.keys.find(writeKey) : null;
  if (holder === null) throw new Refusal(unknownWriteKey);
  return holder;
}

/** The user name of Basic authentication; null when the header is absent. */
function basicUser(header: string | undefined): string | null {
  if (header === undefined) return null;
  const [scheme, value] = header.split(" ", 2);
  if (scheme?.toLowerCase() !== "basic" || value === undefined) return "";
  return Buffer.from(value, "base64").toString("utf8").split(":", 1)[0] ?? "";
}

function readBody(request: FastifyRequest): Fields {
  const bytes = request.body;
  if (!Buffer.isBuffer(bytes)) throw new Refusal(notABatch);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Refusal(unreadableBody);
  }
  const body = fields(value);
  if (body === undefined) throw new Refusal(notABatch);
  return body;
}
