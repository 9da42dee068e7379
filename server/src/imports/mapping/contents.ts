import type { Words } from "@stork/contract/common.ts";
import { readDate } from "../../cleaning/instants.ts";
import { toFen } from "../../cleaning/money.ts";

/** What the cells of a column look like, whatever their header says. */
export interface Looks {
  id: string;
  /** In a sentence: "looks like phone numbers". */
  words: Words;
  fits(cell: string): boolean;
  /** Targets that hold such values, by their ids; how likely, with no help from the name. */
  targets: Readonly<Record<string, number>>;
}

const has = (...words: string[]) => new RegExp(`^(?:${words.join("|")})$`, "i");
const genders = has("男", "女", "男宝", "女宝", "male", "female", "m", "f", "boy", "girl", "未知", "保密");
const statuses =
  /^(?:交易|等待|待|已|卖家已|买家已|.{0,4}(?:完成|关闭|取消|退款|付款|发货|签收|收货)).{0,14}$|^(?:paid|shipped|completed|cancelled|refunded|closed|finished)$/i;
const provinces = new RegExp(
  `^(?:${[
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州",
    "云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门",
  ].join("|")})(?:市|省|(?:壮族|回族|维吾尔)?自治区|特别行政区)?$`,
);
const categories =
  /奶粉|纸尿裤|尿不湿|童装|玩具|辅食|孕产|服饰|洗护|^(?:formula|diapers|clothing|toys|maternity|food)$/i;
const amount = /^[¥￥]?-?\d{1,3}(?:,\d{3})*\.\d{1,2}元?$|^[¥￥]-?\d+(?:\.\d+)?$|^-?\d+\.\d{1,2}元?$/;

const looks: readonly Looks[] = [
  {
    id: "phone",
    words: { zh: "像手机号", en: "looks like mobile numbers" },
    fits: (cell) => /^'?(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?[\d*]{4}){2}$/.test(cell),
    targets: { phone: 0.9, buyerPhone: 0.4 },
  },
  {
    id: "email",
    words: { zh: "像邮箱", en: "looks like e-mail addresses" },
    fits: (cell) => /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(cell),
    targets: { email: 0.9 },
  },
  {
    id: "time",
    words: { zh: "像日期加时间", en: "looks like dates with a time" },
    fits: (cell) =>
      /\d[:：时点]\d/.test(cell) &&
      readDate(cell.replace(/年|月/g, "-").replace("日", ""), "Asia/Shanghai") !== null,
    targets: { placedAt: 0.35, paidAt: 0.35, openedAt: 0.4, at: 0.5, joinedAt: 0.35, changedAt: 0.25 },
  },
  {
    id: "day",
    words: { zh: "像日期", en: "looks like dates" },
    fits: (cell) => /^(?:19|20)\d{2}[-/.年]?\d{1,2}[-/.月]?\d{1,2}日?$/.test(cell),
    targets: { day: 0.6, bornOn: 0.35, orderedAt: 0.4, joinedAt: 0.3, at: 0.35, expiresOn: 0.2 },
  },
  {
    id: "gender",
    words: { zh: "像性别", en: "looks like genders" },
    fits: (cell) => genders.test(cell),
    targets: { gender: 0.7, childGender: 0.5 },
  },
  {
    id: "order-number",
    words: {
      zh: "像订单编号（长、几乎不重复）",
      en: "looks like order numbers (long, nearly all different)",
    },
    fits: (cell) => /^(?:="|'|\t)?[A-Z]{0,6}\d[\d-]{10,23}"?$/.test(cell) && !/^1[3-9]\d{9}$/.test(cell),
    targets: { order: 0.55, line: 0.25, ticket: 0.2 },
  },
  {
    id: "money",
    words: { zh: "像金额", en: "looks like amounts" },
    fits: (cell) => amount.test(cell) && toFen(cell) !== null,
    targets: { amount: 0.45, price: 0.35, spend: 0.5, linePaid: 0.2 },
  },
  {
    id: "status",
    words: { zh: "像订单状态", en: "looks like states of orders" },
    fits: (cell) => statuses.test(cell),
    targets: { status: 0.6 },
  },
  {
    id: "province",
    words: { zh: "像省份", en: "looks like provinces" },
    fits: (cell) => cell.length <= 8 && provinces.test(cell),
    targets: { province: 0.6 },
  },
  {
    id: "category",
    words: { zh: "像母婴类目", en: "looks like mother-and-baby categories" },
    fits: (cell) => cell.length <= 12 && categories.test(cell),
    targets: { category: 0.6 },
  },
  {
    id: "title",
    words: { zh: "像商品标题", en: "looks like titles of products" },
    fits: (cell) => cell.length > 8 && categories.test(cell),
    targets: { title: 0.6, name: 0.3, product: 0.4 },
  },
  {
    id: "quantity",
    words: { zh: "像件数（小整数）", en: "looks like pieces (small whole numbers)" },
    fits: (cell) => /^\d{1,3}$/.test(cell),
    targets: { quantity: 0.4, onHand: 0.3, nps: 0.3, rating: 0.25 },
  },
];

/** What most cells of a column look like; null when nothing is said, or everything differs. */
export function looksLike(cells: readonly string[]): { look: Looks; share: number } | null {
  const said = cells.map((cell) => cell.trim()).filter((cell) => cell !== "" && cell !== "-");
  if (said.length === 0) return null;
  let best: { look: Looks; share: number } | null = null;
  for (const look of looks) {
    const share = said.filter((cell) => look.fits(cell)).length / said.length;
    if (share >= 0.7 && (best === null || share > best.share)) best = { look, share };
  }
  return best;
}
