/** Numbers that look random and are always the same (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗";
const places = [
  "浙江省,杭州市,西湖区",
  "江苏省,南京市,鼓楼区",
  "广东省,深圳市,南山区",
  "四川省,成都市,武侯区",
];
const goods: readonly (readonly [string, string, string, number])[] = [
  ["FM-S1-900", "稚爱优护婴儿配方奶粉1段900g罐装0-6个月宝宝新生儿", "奶粉", 26_800],
  ["FM-S2-900", "稚爱优护较大婴儿配方奶粉2段900g*6罐整箱", "奶粉", 25_800],
  ["DP-NB84", "云朵超薄透气纸尿裤NB84片新生儿尿不湿", "纸尿裤", 8_900],
  ["DP-L54", "云朵超薄透气拉拉裤L54片", "纸尿裤", 9_900],
  ["CF-RICE", "小麦田高铁婴儿米粉225g辅食6月龄起", "辅食", 3_980],
  ["TY-RING", "牙胶摇铃套装0-1岁宝宝玩具", "玩具", 5_900],
];
const statuses = ["交易成功", "卖家已发货", "交易成功", "交易成功", "退款成功"];
const header =
  "订单编号,店铺,买家会员名,手机号,收货人,省份,城市,区县,商家编码,商品标题,类目,数量,单价,订单优惠金额,订单实付金额,付款时间,订单状态\r\n";
/** Of a hundred orders those by somebody who bought before: about a tenth a month over the year of the export. */
const repeatShare = 0.45;
const ordersPerDay = 5_500;

/**
 * A shop's order export over a year: two and a half rows an order, buyers with member names and phones, nearly half of
 * the orders by somebody who bought before, and some dirt: masked or full-width phones, dates in another form, empty
 * cells, amounts with signs. About 210 bytes a row.
 */
export function* orderExport(rows: number, seed: number): Generator<string> {
  const next = random(seed);
  const pick = <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One;
  yield `\uFEFF${header}`;
  let text = "";
  let buyers = 0;
  let written = 0;
  for (let order = 0; written < rows; order += 1) {
    const isRepeat = buyers > 0 && next() < repeatShare;
    const buyer = isRepeat ? Math.floor(next() * buyers) : buyers++;
    const shared = buyerCells(buyer, seed, next);
    const lines = Math.min(rows - written, 1 + Math.floor(next() * 4));
    const items = Array.from({ length: lines }, () => ({
      of: pick(goods),
      quantity: 1 + Math.floor(next() * 3),
    }));
    const fen = items.reduce((sum, { of, quantity }) => sum + of[3] * quantity, 0);
    const discount = next() < 0.3 ? 3_000 : 0;
    const paid = timeText(Date.UTC(2025, 0, 1) + Math.floor((order / ordersPerDay) * 86_400_000), next());
    const total =
      next() < 0.02
        ? `"¥${((fen - discount) / 100).toLocaleString("en")}"`
        : ((fen - discount) / 100).toFixed(2);
    const id = `="57${seed}${String(360_000_000_000 + order * 37)}"`;
    const status = pick(statuses);
    for (const {
      of: [sku, title, category, price],
      quantity,
    } of items)
      text += `${id},稚爱天猫旗舰店,${shared},${sku},${title},${category},${quantity},${(price / 100).toFixed(2)},${discount / 100},${total},${paid},${status}\r\n`;
    written += lines;
    if (text.length > 256 * 1024) {
      yield text;
      text = "";
    }
  }
  yield text;
}

function buyerCells(buyer: number, seed: number, next: () => number): string {
  const phone = `1${3 + (buyer % 7)}${String(100_000_000 + ((buyer * 7919 + seed) % 900_000_000)).padStart(9, "0")}`;
  const dirt = next();
  const written =
    dirt < 0.01 ? fullWidth(phone) : dirt < 0.05 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : phone;
  const name = `${surnames[buyer % surnames.length]}${surnames[(buyer * 7) % surnames.length]}`;
  return `tb${seed}_${(buyer * 2654435761) % 4294967296},${written},${name},${places[buyer % places.length]}`;
}

const fullWidth = (digits: string): string =>
  [...digits].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join("");

function timeText(ms: number, dirt: number): string {
  const text = new Date(ms).toISOString();
  if (dirt < 0.01) return "";
  if (dirt < 0.05)
    return `${Number(text.slice(0, 4))}/${Number(text.slice(5, 7))}/${Number(text.slice(8, 10))} ${text.slice(11, 16)}`;
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
