/** What to paste to send a first event, in each way that the collect endpoints understand. */
export function snippets(
  origin: string,
  writeKey: string,
): { id: "curl" | "node" | "identify"; text: string }[] {
  return [
    {
      id: "curl",
      text: `curl ${origin}/v1/track -u ${writeKey}: \\
  -H 'content-type: application/json' \\
  -d '{
    "userId": "u-1001",
    "event": "Order Completed",
    "properties": { "orderId": "o-1", "total": 218.00, "currency": "CNY", "category": "diapers" }
  }'`,
    },
    {
      id: "node",
      text: `import { Analytics } from "@segment/analytics-node";

const analytics = new Analytics({ writeKey: "${writeKey}", host: "${origin}" });
analytics.track({
  userId: "u-1001",
  event: "Product Viewed",
  properties: { sku: "FM-101", category: "formula", price: 268 },
});
await analytics.closeAndFlush();`,
    },
    {
      id: "identify",
      text: `curl ${origin}/v1/identify -u ${writeKey}: \\
  -H 'content-type: application/json' \\
  -d '{
    "userId": "u-1001",
    "traits": {
      "phone": "13800001234",
      "city": "杭州市",
      "children": [{ "birthday": "2026-06-22" }],
      "marketingConsent": true
    }
  }'`,
    },
  ];
}
