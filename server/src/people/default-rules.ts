import type { IdentityRule } from "@stork/contract/identity.ts";

/** What every kind starts from; the rules below say what is different. */
const certain = (kind: string, rank: number, mostPerPerson: number): IdentityRule => ({
  ...{
    kind,
    strength: "certain",
    mostPerPerson,
    mostPersons: null,
    windowDays: null,
    perSource: false,
    rank,
  },
  ...{ whenShared: "part", review: true },
});
const weak = (kind: string, rank: number): IdentityRule => ({
  ...certain(kind, rank, 64),
  ...{ strength: "weak", mostPersons: 2, windowDays: 365, review: false },
});

/**
 * What fits shops in China as they come. Numbers are by platform or app (`member:tmall`, `openid:APP`), a unionid is one
 * to a person; people register twice, have two cards and several numbers; stores and couriers put theirs for many, which
 * shows at the third account of one shop.
 */
export const defaultRules: readonly IdentityRule[] = [
  { ...certain("user", 0, 2), perSource: true },
  certain("member", 1, 2),
  certain("unionid", 2, 1),
  certain("openid", 3, 2),
  certain("taobao", 4, 2),
  { ...certain("phone", 6, 4), mostPersons: 1, windowDays: 365 },
  { ...certain("email", 7, 4), mostPersons: 1, windowDays: 365 },
  weak("anonymous", 8),
  weak("device", 9),
];

/** Others are named by whoever sends them: a customer's number in some system, or a trace of a device by its name. */
export const otherCertain = certain("*", 5, 2);
export const otherWeak = weak("*-trace", 8);
const traces =
  /device|cookie|session|browser|client|fingerprint|anonymous|visitor|install|idf[av]|oaid|imei|gaid|adid|android|ios|mac|^ip$|^ga/;
export const isTrace = (kind: string): boolean => traces.test(kind);

/** No person has more nodes than this; a join beyond is left for review. */
export const mostNodesPerPerson = 200;
