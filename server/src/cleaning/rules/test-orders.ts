import type { Mark } from "../marks.ts";
import type { NoteCode } from "../notes.ts";
import type { OrderSeen } from "../orders-seen.ts";
import type { Finding, RowsRule } from "../rule.ts";

/** 检测试纸 and "pregnancy test" are goods. */
const testWords =
  /(?<!检)测试(?![纸盒仪剂笔棒条])|(?<![a-z])test(?:ing|er)?(?:order)?(?![a-z])|内部(?:订单|单|下单|验证)|(?:请?勿|不要|不用|无需)发货|验证(?:订单|单)|试单|演示订单/i;
const goods = /(?:pregnancy|ovulation|strip|paper)[\s-]*tests?|tests?[\s-]*(?:strip|paper|kit)s?/gi;
/** Sellers write it short, too: SD, V单, or 刷 and nothing else. */
const brushWords =
  /刷单|补单|空包|放单|(?:^|[^a-z])(?:sd|v)单|^\s*(?:sd|刷)\s*$|礼品单|小礼品代发|代发礼品|人气单/i;
const fewFen = 10;
/** So many different buyers of the same goods to one door in a day: a warehouse of a click farm, or a real one. */
const buyersAtOneDoor = 5;
const dayMs = 86_400_000;

function find(orders: readonly OrderSeen[]): Finding[] {
  const crowded = crowdedDoors(orders);
  const found: Finding[] = [];
  for (const [row, order] of orders.entries()) {
    const seen = signOf(order) ?? (crowded.has(row) ? suspected : null);
    if (seen !== null) found.push({ row, ...seen });
  }
  return found;
}

type Sign = { readonly note: NoteCode; readonly marks: readonly Mark[] };
const tested: Sign = { note: "test-word", marks: ["test-order"] };
const brushed: Sign = { note: "brush-word", marks: ["brush-order"] };
const penny: Sign = { note: "penny", marks: ["penny-order"] };
const suspected: Sign = { note: "one-door", marks: ["brush-suspected"] };

function signOf({ texts, amountFen }: OrderSeen): Sign | null {
  for (const text of texts) {
    if (text === "") continue;
    if (brushWords.test(text)) return brushed;
    if (testWords.test(text.replaceAll(goods, ""))) return tested;
  }
  return amountFen > 0 && amountFen <= fewFen ? penny : null;
}

/** Rows of one address and the same goods within a day, by five buyers or more. */
function crowdedDoors(orders: readonly OrderSeen[]): Set<number> {
  const doors = new Map<string, number[]>();
  for (const [row, { address, items, buyer }] of orders.entries()) {
    if (address === "" || items === "" || buyer === "") continue;
    const door = `${address}\n${items}`;
    const rows = doors.get(door);
    if (rows === undefined) doors.set(door, [row]);
    else rows.push(row);
  }
  const crowded = new Set<number>();
  for (const rows of doors.values()) {
    if (rows.length < buyersAtOneDoor) continue;
    const inTime = rows.toSorted((a, b) => (orders[a] as OrderSeen).at - (orders[b] as OrderSeen).at);
    for (let from = 0, to = 0; to < inTime.length; to++) {
      while (at(orders, inTime[to]) - at(orders, inTime[from]) > dayMs) from++;
      // Only a full window can hold five; its buyers are counted at most once a row.
      if (to - from + 1 < buyersAtOneDoor) continue;
      const last = inTime.slice(Math.max(from, to - 50), to + 1);
      if (new Set(last.map((row) => orders[row]?.buyer)).size >= buyersAtOneDoor)
        for (const row of last) crowded.add(row);
    }
  }
  return crowded;
}

const at = (orders: readonly OrderSeen[], row: number | undefined): number => orders[row ?? 0]?.at ?? 0;

export const testOrders: RowsRule<"test-orders"> = {
  id: "test-orders",
  label: { zh: "测试单和刷单", en: "Test and brush orders" },
  what: {
    zh: "备注写明的测试单、刷单和一分钱单标记并不计入合计；同一地址一天内五个以上买家买同样商品的只标为疑似。",
    en: "Orders said to be tests or brushed, and those of a few fen, are marked and left out of sums; five buyers of the same goods at one door in a day are only suspected.",
  },
  find,
};
