import { randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { SegmentBatch, SegmentMessage } from "@stork/contract/sources.ts";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../platform/clock.ts";
import type { Log } from "../platform/log.ts";
import { Refusal, say } from "../platform/refusal.ts";
import { type Collector, Overloaded } from "./collector.ts";
import type { Event, SegmentType } from "./event.ts";
import {
  bodyTooLarge,
  notABatch,
  notCommitted,
  nothingAccepted,
  overloaded,
  unknownWriteKey,
  unreadableBody,
} from "./refusals.ts";
import { type RefusedItem, refusedItems } from "./refused-items.ts";
import { type Reading, readSegmentMessage } from "./segment-message.ts";
import { type Fields, fields } from "./segment-traits.ts";
import type { KeyHolder, SourceKeys } from "./source-keys.store.ts";

export interface CollectDeps {
  collector: Collector;
  keys: SourceKeys;
  clock: Clock;
  log: Log;
}

const mostBytes = 5 * 1024 * 1024;
const mostItems = 5_000;
const unzip = promisify(gunzip);

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
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: mostBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler((error: Error & { code?: string }) => {
      throw error.code === "FST_ERR_CTP_BODY_TOO_LARGE" ? new Refusal(bodyTooLarge) : error;
    });
    scope.addHook("onRequest", async (_request, reply) => {
      reply.header("access-control-allow-origin", "*");
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

async function collect(
  deps: CollectDeps,
  type: SegmentType | "batch",
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  // A wrong key is answered before its body is looked at; without a header the body has to say the key.
  const stated = basicUser(request.headers.authorization);
  const early = stated === null ? null : await holderOf(deps, stated);
  const body = await readBody(request);
  const holder = early ?? (await holderOf(deps, body["writeKey"]));
  const items = type === "batch" ? body["batch"] : [body];
  if (!Array.isArray(items) || items.length > mostItems) throw new Refusal(notABatch);
  const received = deps.clock.now().getTime();
  const reading = {
    source: holder.source,
    zone: holder.zone,
    received,
    sentAt: body["sentAt"],
    type: type === "batch" ? undefined : type,
    freshId: randomUUID,
  };
  const events: Event[] = [];
  const places: number[] = [];
  const refused: { index: number; code: RefusedItem }[] = [];
  for (let index = 0; index < items.length; index += 1) {
    const read = readItem(items[index], reading);
    if (typeof read === "string") refused.push({ index, code: read });
    else {
      events.push(read);
      places.push(index);
    }
  }
  const outcomes = events.length === 0 ? [] : await commit(deps, { ...holder, received, events }, reply);
  for (const [i, outcome] of outcomes.entries())
    if (outcome === "nobody") refused.push({ index: places[i] as number, code: "collect/unusable-identity" });
  return answer(request, reply, items.length, refused);
}

function readItem(item: unknown, reading: Reading): Event | RefusedItem {
  try {
    return readSegmentMessage(item, reading);
  } catch (error) {
    // Nested deeper than the stack reaches.
    if (error instanceof RangeError) return "collect/too-large";
    throw error;
  }
}

async function commit(deps: CollectDeps, delivery: Parameters<Collector["collect"]>[0], reply: FastifyReply) {
  try {
    return await deps.collector.collect(delivery);
  } catch (error) {
    if (error instanceof Overloaded) {
      reply.header("retry-after", "1");
      throw new Refusal(overloaded);
    }
    // Only the kind of the error: its text may quote the rows.
    const { name, code } = error as Error & { code?: string };
    deps.log.error({ event: "collect-not-committed", error: name, code }, "events not committed");
    reply.header("retry-after", "5");
    // The cause tells the health page of a full disk.
    throw Object.assign(new Refusal(notCommitted), { cause: error });
  }
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  items: number,
  refused: { index: number; code: RefusedItem }[],
): FastifyReply {
  if (refused.length === 0) return reply.send({ success: true, accepted: items });
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

async function readBody(request: FastifyRequest): Promise<Fields> {
  let bytes = request.body;
  if (!Buffer.isBuffer(bytes)) throw new Refusal(notABatch);
  if (request.headers["content-encoding"] === "gzip") bytes = await unpack(bytes);
  let value: unknown;
  try {
    value = JSON.parse((bytes as Buffer).toString("utf8"));
  } catch {
    throw new Refusal(unreadableBody);
  }
  const body = fields(value);
  if (body === undefined) throw new Refusal(notABatch);
  return body;
}

async function unpack(bytes: Buffer): Promise<Buffer> {
  try {
    return await unzip(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new Refusal(tooLarge ? bodyTooLarge : unreadableBody);
  }
}
