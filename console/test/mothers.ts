/** Mothers with a baby of five months; half bought, all but one in ten agreed to messages. */
export function familiesArriving(mothers: number, now: string): object[] {
  return Array.from({ length: mothers }, (_, i) => {
    const userId = `m-${i}`;
    const at = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
    const traits = {
      name: `王小${i}`,
      email: `${userId}@mail.test`,
      phone: `139000${String(i).padStart(5, "0")}`,
      city: "杭州市",
      children: [{ birthday: "2026-06-22" }],
      ...(i % 10 === 1 ? {} : { marketingConsent: true }),
    };
    const order = {
      order_id: `o-${i}`,
      revenue: 218,
      currency: "CNY",
      products: [{ sku: "f-1", category: "formula", price: 218, quantity: 1 }],
    };
    const identify = { type: "identify", messageId: `i-${i}`, timestamp: at(60), userId, traits };
    const bought = {
      type: "track",
      messageId: `t-${i}`,
      timestamp: at(50),
      userId,
      event: "Order Completed",
      properties: order,
    };
    return i % 2 === 1 ? [identify, bought] : [identify];
  }).flat();
}
