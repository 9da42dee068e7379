import type { Language } from "@stork/contract/common.ts";
import type { Source } from "@stork/contract/sources.ts";

/** One way to send: what to paste, and where. The names are words of the message files. */
export interface Snippet {
  id: SnippetId;
  text: string;
}
export type SnippetId =
  | "web"
  | "miniprogram"
  | "node"
  | "curl"
  | "identify"
  | "sa-web"
  | "sa-mini"
  | "sa-node"
  | "sa-curl"
  | "api";

/** What to paste to send a first event, in each way that a source of this kind understands. */
export function snippets(
  source: Pick<Source, "kind" | "writeKey">,
  origin: string,
  workspace: string,
  language: Language,
): Snippet[] {
  if (source.kind === "http") return segment(origin, source.writeKey, language);
  if (source.kind === "sensors") return sensors(`${origin}/sa?project=default&token=${source.writeKey}`);
  if (source.kind === "api") return records(`${origin}/api/v1/workspaces/${workspace}`);
  return [];
}

function segment(origin: string, key: string, language: Language): Snippet[] {
  return [
    {
      id: "web",
      text: `import { AnalyticsBrowser } from "@segment/analytics-next";

export const analytics = AnalyticsBrowser.load({
  writeKey: "${key}",
  cdnURL: "${origin}",
});
analytics.track("Product Viewed", { product_id: "FM-101", category: "formula", price: 268 });`,
    },
    {
      id: "miniprogram",
      text: `// ${language === "en" ? `app.js; first add ${origin} to the mini program's request domains` : `app.js，小程序后台先把 ${origin} 加入 request 合法域名`}
const send = (message) =>
  wx.request({
    url: "${origin}/v1/batch",
    method: "POST",
    data: { writeKey: "${key}", batch: [message], sentAt: new Date().toISOString() },
  });

send({
  type: "track",
  userId: "openid-of-the-user",
  event: "Product Viewed",
  messageId: String(Date.now()) + Math.random(),
  timestamp: new Date().toISOString(),
  properties: { product_id: "FM-101", category: "formula", price: 268 },
});`,
    },
    {
      id: "node",
      text: `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${key}", host: "${origin}" });
analytics.track({
  userId: "u-1001",
  event: "Product Viewed",
  properties: { product_id: "FM-101", category: "formula", price: 268 },
});
await analytics.closeAndFlush();`,
    },
    {
      id: "curl",
      text: `curl ${origin}/v1/track -u ${key}: \\
  -H 'content-type: application/json' \\
  -d '{
    "userId": "u-1001",
    "event": "Order Completed",
    "properties": { "order_id": "o-1", "total": 218.00, "currency": "CNY", "category": "diapers" }
  }'`,
    },
    {
      id: "identify",
      text: `curl ${origin}/v1/identify -u ${key}: \\
  -H 'content-type: application/json' \\
  -d '{
    "userId": "u-1001",
    "traits": {
      "phone": "13800001234",
      "city": "${language === "en" ? "Hangzhou" : "杭州市"}",
      "children": [{ "birthday": "2026-06-22" }],
      "marketingConsent": true
    }
  }'`,
    },
  ];
}

function sensors(url: string): Snippet[] {
  return [
    {
      id: "sa-web",
      text: `import sensors from "sa-sdk-javascript";

sensors.init({ server_url: "${url}", is_track_single_page: true });
sensors.quick("autoTrack");
sensors.login("u-1001");
sensors.track("ViewProduct", { product_id: "FM-101", category: "formula" });`,
    },
    {
      id: "sa-mini",
      text: `import sensors from "./sensorsdata.esm.js";

sensors.setPara({
  server_url: "${url}",
  autoTrack: { appLaunch: true, pageShow: true },
});
sensors.init();
sensors.track("ViewProduct", { product_id: "FM-101", category: "formula" });`,
    },
    {
      id: "sa-node",
      text: `import SensorsAnalytics from "sa-sdk-node";

const sensors = new SensorsAnalytics();
sensors.initNWConsumer({ url: "${url}" });
sensors.track("u-1001", "ViewProduct", { product_id: "FM-101", category: "formula" });`,
    },
    {
      id: "sa-curl",
      text: `curl '${url}' \\
  --data-urlencode "data=$(printf '%s' '{
    "type": "track", "event": "ViewProduct", "distinct_id": "u-1001",
    "time": '$(date +%s000)', "properties": { "category": "formula" }
  }' | base64 -w0)"`,
    },
  ];
}

function records(base: string): Snippet[] {
  return [
    {
      id: "api",
      text: `curl '${base}/records/order:batch' \\
  -H 'authorization: Bearer API-KEY' \\
  -H 'content-type: application/json' \\
  -d '{
    "records": [{
      "order": "o-1", "shop": "tmall", "status": "paid", "paidAt": "2026-11-20 10:00:00",
      "amount": 268.00, "identifiers": [{ "namespace": "phone", "value": "13800001234" }],
      "items": [{ "sku": "FM-101", "quantity": 1, "price": 268.00 }]
    }]
  }'`,
    },
  ];
}
