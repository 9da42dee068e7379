import type { FastifyInstance } from "fastify";
import { Refusal } from "../platform/refusal.ts";
import { unknownWriteKey } from "./refusals.ts";
import type { SourceKeys } from "./source-keys.store.ts";

/**
 * What Segment's browser SDK asks for before it sends anything: which destinations there are (one, this server), and
 * where to send to. With `cdnURL` set to this server the SDK needs no other setting.
 */
export function segmentSettingsRoutes(http: FastifyInstance, { keys }: { keys: SourceKeys }): void {
  http.get<{ Params: { key: string } }>(
    "/v1/projects/:key/settings",
    { schema: { tags: ["collect"], summary: "Segment: the browser SDK's settings" } },
    async (request, reply) => {
      reply.header("access-control-allow-origin", "*");
      const { key } = request.params;
      if ((await keys.find(key)) === null) throw new Refusal(unknownWriteKey);
      const forwarded = request.headers["x-forwarded-proto"];
      const protocol = typeof forwarded === "string" ? forwarded.split(",")[0]?.trim() : request.protocol;
      const host = request.headers["x-forwarded-host"] ?? request.headers.host ?? request.host;
      reply.header("cache-control", "public, max-age=60").header("vary", "host, x-forwarded-host");
      return {
        integrations: {
          "Segment.io": {
            apiKey: key,
            apiHost: `${String(host)}/v1`,
            protocol: protocol === "https" ? "https" : "http",
            unbundledIntegrations: [],
            addBundledMetadata: false,
          },
        },
        plan: { track: { __default: { enabled: true, integrations: {} } } },
        edgeFunction: {},
        analyticsNextEnabled: true,
        middlewareSettings: {},
        enabledMiddleware: {},
        metrics: { sampleRate: 0 },
        legacyVideoPluginsEnabled: false,
        remotePlugins: [],
      };
    },
  );
}
