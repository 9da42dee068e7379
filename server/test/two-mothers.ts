/** Everything here that would tell a stranger who somebody is. None of it may be seen where it is not asked for by name. */
export const mother = {
  name: "欧阳若彤",
  phone: "13912345670",
  email: "ouyang.ruotong@mail.test",
  address: "浙江省杭州市西湖区文三路 478 号华星时代广场 3 幢 502 室",
  baby: "糯米团子",
  openid: "oX7Qk5p2mVt9LrZ3nB8sYw4cHd1E",
  member: "tmall-ouyang-8841",
  user: "member-00918273645",
  device: "A1B2C3D4-E5F6-7788-99AA-BBCCDDEEFF00",
  note: "13887654321",
  wechat: "wx_ruotong_1990",
  idCard: "330106199003071235",
  receiver: "司徒静怡",
  till: "13700001111",
};
export const other = {
  name: "慕容晓月",
  phone: "13612348765",
  email: "murong.xiaoyue@mail.test",
  refused: "13598761234",
};
/** Each of them, to look for in any text; of the address also the part that no division has. */
export const secrets = [...Object.values(mother), ...Object.values(other), "文三路 478 号"];

/** Sessions live by the machine's clock, so the story's may not be far from it; ten in Shanghai is no quiet hour. */
const dayMs = 86_400_000;
export const tomorrowAtTen = new Date(
  (Math.floor(Date.now() / dayMs) + 1) * dayMs + 2 * 3_600_000,
).toISOString();
export const daysBefore = (days: number) =>
  new Date(Date.parse(tomorrowAtTen) - days * dayMs).toISOString().slice(0, 10);

/** What of the two mothers stands in a text, whole. */
export function leaksIn(text: string): string[] {
  return secrets.filter(
    (secret) => text.includes(secret) || text.includes(JSON.stringify(secret).slice(1, -1)),
  );
}

/** All that they leave of themselves with events. */
export const theirEvents = (at: string): object[] => [
  {
    type: "identify",
    messageId: "i-1",
    userId: mother.user,
    anonymousId: "visit-1",
    timestamp: at,
    context: {
      device: { id: mother.device },
      externalIds: [
        { type: "openid:miniapp", id: mother.openid },
        { type: "member:tmall", id: mother.member },
      ],
    },
    traits: {
      name: mother.name,
      phone: mother.phone,
      email: mother.email,
      address: mother.address,
      city: "杭州市",
      note: `白天请打 ${mother.note}`,
      wechat: mother.wechat,
      idCard: mother.idCard,
      tier: "gold",
      marketingConsent: true,
      children: [{ birthday: daysBefore(120), name: mother.baby, gender: "女" }],
    },
  },
  {
    type: "track",
    messageId: "t-1",
    userId: mother.user,
    event: "Order Completed",
    timestamp: at,
    properties: {
      order_id: "T-1",
      revenue: 268,
      products: [{ sku: "F-1", category: "formula", price: 268, quantity: 1 }],
      receiver: mother.receiver,
      receiver_phone: mother.phone,
      contact: { name: mother.receiver, phone: mother.till },
      remark: `放门口，到了打 ${mother.till}，或写信到 ${mother.email}`,
      [`备用${mother.till}`]: true,
      shipping_address: { name: mother.receiver, address1: mother.address },
      customer: { name: mother.name, children: [{ name: mother.baby }] },
      买家昵称: mother.receiver,
    },
  },
  {
    type: "identify",
    messageId: "i-2",
    userId: "other-00012345",
    timestamp: at,
    traits: {
      ...other,
      refused: undefined,
      marketingConsent: true,
      children: [{ birthday: daysBefore(121) }],
    },
  },
  { type: "identify", messageId: "silent", userId: "silent", timestamp: at, traits: { plan: "quiet" } },
  {
    type: "page",
    messageId: "p-1",
    anonymousId: "visit-1",
    name: "结算",
    timestamp: at,
    properties: { url: `https://shop.test/done?tel=${mother.phone}` },
  },
];
