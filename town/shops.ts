import type { Words } from "./product.ts";

export const shopIds = ["tmall", "jd", "miniapp", "app", "pos"] as const;
export type ShopId = (typeof shopIds)[number];

/** A shop is a sales channel and a source of data in one. */
export type Shop = {
  readonly id: ShopId;
  readonly name: Words;
  /** How often it is somebody's main shop. */
  readonly weight: number;
  /** How often a member's phone is shown whole, masked (138****1234); otherwise it is missing. */
  readonly phone: { readonly whole: number; readonly masked: number };
  /** How often a member says when the baby is due or was born. */
  readonly statesChild: number;
  readonly consents: number;
  /** Whether the shop hears of browsing before the sign-in, at all, or only of what was bought. */
  readonly hears: "browsing" | "signed-in browsing" | "orders";
  /** How often a purchase here has its browsing reported. */
  readonly reported: number;
};

export const shops: Record<ShopId, Shop> = {
  tmall: {
    id: "tmall",
    name: { zh: "天猫旗舰店", en: "Tmall flagship store" },
    weight: 34,
    phone: { whole: 0.15, masked: 0.6 },
    statesChild: 0.28,
    consents: 0.82,
    hears: "signed-in browsing",
    reported: 0.45,
  },
  jd: {
    id: "jd",
    name: { zh: "京东自营店", en: "JD store" },
    weight: 20,
    phone: { whole: 0.25, masked: 0.5 },
    statesChild: 0.2,
    consents: 0.8,
    hears: "signed-in browsing",
    reported: 0.35,
  },
  miniapp: {
    id: "miniapp",
    name: { zh: "微信小程序商城", en: "WeChat mini-program shop" },
    weight: 26,
    phone: { whole: 0.78, masked: 0 },
    statesChild: 0.66,
    consents: 0.88,
    hears: "browsing",
    reported: 1,
  },
  app: {
    id: "app",
    name: { zh: "品牌 App", en: "Brand app" },
    weight: 12,
    phone: { whole: 0.92, masked: 0 },
    statesChild: 0.72,
    consents: 0.9,
    hears: "browsing",
    reported: 1,
  },
  pos: {
    id: "pos",
    name: { zh: "线下门店", en: "Stores" },
    weight: 8,
    phone: { whole: 0.95, masked: 0 },
    statesChild: 0.5,
    consents: 0.78,
    hears: "orders",
    reported: 0,
  },
};
