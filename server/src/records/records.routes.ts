import { createGunzip } from "node:zlib";
import { RecordBatch, RecordBatchAnswer, RecordKindId, recordSchemas } from "@stork/contract/records.ts";
import { RecordHistory, RecordKindSummary, RecordsPage } from "@stork/contract/stored-records.ts";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { FairShare } from "../events/fair-share.ts";
import { overloaded } from "../events/refusals.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import { Refusal } from "../platform/refusal.ts";
import { workspaceRoute } from "../platform/workspace-route.ts";
import { countKinds, findHistory, listRecords } from "./browse.store.ts";
import { kinds } from "./kinds.ts";
import { RecordHash, recordSalt } from "./record-hash.ts";
import { badCursor, nothingTaken, unknownKind, unknownRecord, unreadableGzip } from "./refusals.ts";
import { type BatchDeps, takeBatch } from "./take-batch.store.ts";
import type { HistoryPlace } from "./versions.store.ts";

export interface RecordsRoutesDeps extends BatchDeps {
  clickhouse: ClickHouse;
}

const mostBytes = 32 * 1024 * 1024;
/** Records in hand: a workspace's batches are written one after another, and who sends faster is asked to wait. */
const mostWaiting = 50_000;
const params = z.object({ kind: z.string() });

export function recordsRoutes(http: FastifyInstance, deps: RecordsRoutesDeps): void {
  void http.register(async (scope) => {
    unpackGzip(scope);
    const room = new FairShare(mostWaiting);
    for (const kind of RecordKindId.options) batchRoute(scope, deps, kind, room);
  });
  kindsRoutes(http, deps);
  listRoute(http, deps);
  historyRoute(http, deps);
}

function kindOf(name: string): RecordKindId {
  const known = RecordKindId.safeParse(name);
  if (!known.success) throw new Refusal(unknownKind, { kind: name, known: RecordKindId.options.join("、") });
  return known.data;
}

/** Bodies may come packed; what they unpack to is held to the same limit. */
function unpackGzip(scope: FastifyInstance): void {
  scope.addHook("preParsing", async (request, _reply, payload) => {
    if (request.headers["content-encoding"] !== "gzip") return payload;
    const plain = payload.pipe(createGunzip()) as ReturnType<typeof createGunzip> & {
      receivedEncodedLength?: number;
    };
    let bytes = 0;
    payload.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      plain.receivedEncodedLength = bytes;
    });
    const bad = () => new Refusal(unreadableGzip, { most: mostBytes / 1024 / 1024 });
    const failed = plain.destroy.bind(plain);
    plain.on("error", () => undefined);
    plain.destroy = (error?: Error) => failed(error === undefined ? undefined : bad());
    return plain;
  });
}

function batchRoute(
  scope: FastifyInstance,
  deps: RecordsRoutesDeps,
  kind: RecordKindId,
  room: FairShare,
): void {
  workspaceRoute(
    scope,
    {
      method: "POST",
      path: `/records/${kind}::batch`,
      scope: "collect:write",
      summary: `Takes up to 5,000 records of the kind ${kind}: the good ones are committed, the others answered by their index; the newest version of each natural key wins, and what a record says of a person goes to the profile. Its fields: GET …/records/${kind}/schema`,
      body: RecordBatch,
      bodyLimit: mostBytes,
      reply: RecordBatchAnswer,
    },
    async ({ workspace, body, request }) => {
      const language = /^en\b/i.test(request.headers["accept-language"] ?? "") ? "en" : "zh";
      const { length } = body.records;
      if (!room.take(workspace.id, length)) throw new Refusal(overloaded);
      const answer = await takeBatch(deps, workspace, kind, body.records, language).finally(() =>
        room.giveBack(workspace.id, length),
      );
      if (answer.accepted === 0)
        throw new Refusal(
          nothingTaken,
          {},
          answer.rejected.slice(0, 100).map(({ index, path, message, code }) => ({
            path: `records[${index}]${path === undefined ? "" : `.${path}`}`,
            message: `${message}（${code}）`,
          })),
        );
      return answer;
    },
  );
}

function kindsRoutes(http: FastifyInstance, { clickhouse }: RecordsRoutesDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/records",
      scope: "collect:read",
      summary: "Lists the kinds of records, what makes each the same record, and how many there are",
      reply: z.object({ items: z.array(RecordKindSummary) }),
    },
    async ({ workspace }) => {
      const counts = await countKinds(clickhouse, workspace.id);
      return {
        items: Object.values(kinds).map(({ id, label, keyed, events }) => ({
          ...{ id, label, keyed, events: [...events] },
          records: counts.get(id)?.records ?? 0,
          newestAt: counts.get(id)?.newestAt.toISOString() ?? null,
        })),
      };
    },
  );
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/records/:kind/schema",
      scope: "collect:read",
      summary: "What an item of this kind holds, as JSON Schema",
      params,
      reply: z.record(z.string(), z.unknown()),
    },
    async ({ params: { kind } }) =>
      z.toJSONSchema(recordSchemas[kindOf(kind)], { io: "input" }) as Record<string, unknown>,
  );
}

const number = z.coerce
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

function listRoute(http: FastifyInstance, { clickhouse }: RecordsRoutesDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/records/:kind",
      scope: "collect:read",
      summary: "The records of a kind in their newest version, the latest first",
      params,
      query: z.object({
        source: number.optional(),
        import: number.optional(),
        from: z.coerce.date().optional(),
        to: z.coerce.date().optional(),
        after: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
      reply: RecordsPage,
    },
    async ({ workspace, params: { kind }, query }) => {
      const { after, ...filter } = query;
      const [, at, id] = /^(-?\d{1,16})\.(\d{1,20})$/.exec(after ?? "") ?? [];
      if (after !== undefined && id === undefined) throw new Refusal(badCursor);
      return listRecords(clickhouse, workspace.id, kindOf(kind), {
        ...filter,
        after: id === undefined ? undefined : { at: Number(at), id },
      });
    },
  );
}

function historyPlace(after: string): HistoryPlace {
  const [, changed, stamp, hash] = /^(-?\d{1,16})\.(\d{1,16})\.(\d{1,20})$/.exec(after) ?? [];
  if (hash === undefined) throw new Refusal(badCursor);
  return { changed: Number(changed), stamp: Number(stamp), hash };
}

/** Keys hold blanks and signs, so they travel in the query. */
function historyRoute(http: FastifyInstance, { clickhouse, vault }: RecordsRoutesDeps): void {
  workspaceRoute(
    http,
    {
      method: "GET",
      path: "/records/:kind/history",
      scope: "collect:read",
      summary: "The versions of one record, the newest first; `key` is its natural key",
      params,
      query: z.object({
        key: z.string().min(1).max(1000),
        after: z.string().max(60).optional(),
        limit: z.coerce.number().int().min(1).max(1000).default(100),
      }),
      reply: RecordHistory,
    },
    async ({ workspace, params: { kind: named }, query: { key, after, limit } }) => {
      const kind = kindOf(named);
      const page = { after: after === undefined ? undefined : historyPlace(after), limit };
      await vault.ready(workspace.id);
      const hash = new RecordHash(recordSalt(vault, workspace.id));
      // Of a kind whose key identifies, lists show the hash instead of the key; it is taken back here.
      const ids =
        kinds[kind].personalKey && /^\d{15,20}$/.test(key) ? [key, hash.id(kind, key)] : [hash.id(kind, key)];
      for (const id of ids) {
        const found = await findHistory(clickhouse, workspace.id, { kind, id }, page);
        if (found !== null) return { key, ...found };
      }
      throw new Refusal(unknownRecord);
    },
  );
}
