import fc from "fast-check";
import { expect, test } from "vitest";
import { RecordHash } from "../../../records/record-hash.ts";
import type { PlainReader, Preset, RecordKind, Target } from "../../preset.ts";
import { presets } from "../../presets.ts";
import { Gatherer } from "../../reading/gather.ts";
import type { Packed } from "../../reading/packed.ts";
import { Packer } from "../../reading/packer.ts";
import { type RuleCounts, RuleTally } from "../../reading/rule-tally.ts";
import { RowSplitter } from "../../reading/split-rows.ts";

const now = Date.UTC(2026, 10, 1);

/** What stands in cells: mostly what exports write, and whatever else was ever seen in them. */
const usual: Readonly<Record<string, readonly string[]>> = {
  order: [
    "A1001",
    "A1002",
    '="571360000001"',
    '="571360000038"',
    "57 13",
    "'5713600",
    "无",
    "",
    "A?1",
    "合计",
    "A\\1",
  ],
  line: ["", "", "1", "2", "L-3", '="77"', "中2"],
  shop: ["稚爱天猫旗舰店", "京东自营", "小程序商城", " 小店 ", "", '"A" 店'],
  member: ["tb1_99", "小雨妈妈", "t**b", "", "=member", "王\u3000", "a\\b", "￥9"],
  openid: ["", "", "", "o-1"],
  phone: [
    "13912345671",
    "13912345671",
    "１３９１２３４５６７１",
    "139****5671",
    "13888888888",
    "",
    "010-65551234",
    "+8613912345671",
  ],
  name: ["王芳", "李娜女士", "王**", "豆豆妈妈", "欧阳娜娜", "", "测试", "Anna Lee", "张\\三"],
  province: ["浙江省", "浙江", "北京市", "", "不存在省"],
  city: ["杭州市", "杭州", "北京市", "", "**"],
  district: ["西湖区", "朝阳区", "", "无此区"],
  address: ["", "", "浙江省杭州市西湖区文三路1号", "文三路*号", "某地"],
  sku: ["FM-1", "FM-2", "DP-1", ""],
  product: ["P1", "P2", ""],
  title: ["稚爱奶粉1段900g", "纸尿裤NB84片", "测试商品", "", '带"引号"的', "联系13912345671"],
  variant: ["", "红", "大\\号"],
  category: ["奶粉", "纸尿裤", ""],
  note: ["", "", "快点发货", "测试单", "刷单"],
  status: ["交易成功", "卖家已发货", "退款成功", "交易关闭", "等待买家付款", "已签收", "", "??", "已完成"],
  stages: ["", "", "阶段1：定金已付，阶段2：等待付款"],
  refundStatus: ["", "", "退款成功", "无售后"],
};
const amounts = [
  "268.00",
  "268.5",
  "99",
  "0",
  "0.05",
  "-12.00",
  "¥1,299.00",
  "一百",
  "",
  "1e3",
  "USD 9.9",
  "12.345",
  "1234567890.5",
];
const times = [
  ...["2026-01-03 08:05:00", "2026-01-03 08:05:00", "2025-12-31 23:59:59", "2026/1/3 8:05", "", "昨天"],
  ...[
    "2026-02-30 10:00:00",
    "2026-01-31 10:00:00",
    "2024-02-29 10:00:00",
    "2031-01-03 08:05:00",
    "1999-01-03 08:05:00",
    "2026-01-03T08:05:00Z",
    "46025.336806",
  ],
];
const counts = ["1", "2", "3", "0", "-1", "1200", "两件", "", "2.0"];

function poolOf({ id, rule, unit }: Target): readonly string[] {
  const own = usual[id.replace(/^buyerPhone$/, "phone")];
  if (own !== undefined) return own;
  if (rule === "money") return unit === "fen" ? ["", "", "26800", "12.5", "0"] : amounts;
  if (rule === "instant") return times;
  return rule === "quantity" ? counts : ["", "x"];
}

/** A cell of a target: what stands first in its pool in most files, so that orders are plain as well as odd. */
const cellOf = (target: Target, oddity: number): fc.Arbitrary<string> => {
  const pool = poolOf(target);
  return fc
    .tuple(fc.integer({ min: 0, max: 99 }), fc.nat({ max: pool.length - 1 }))
    .map(([luck, at]) => (luck < oddity ? pool[at] : pool[luck % Math.min(2, pool.length)]) as string);
};

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

interface Slice {
  packed: unknown;
  rows: number;
  rules: [string, unknown][];
}

/** All slices of a text, with words in place of their numbers. */
function read(kind: RecordKind, targets: readonly Target[], text: string): Slice[] {
  const tally = new RuleTally();
  const places = {
    places: targets.map(({ id }, at) => [id, at] as const),
    header: targets.map(({ id }) => id),
  };
  const context = { zone: "Asia/Shanghai", now, tell: tally.count, countsOnly: true };
  const gatherer = new Gatherer({ kind, places, context, size: 6 }, new Packer(new RecordHash("salt")));
  const slices: Slice[] = [];
  const take = ({ kept, rows }: { kept: Packed; rows: number }): void => {
    slices.push({
      packed: said(kept),
      rows,
      rules: Object.entries(tally.take() satisfies RuleCounts).sort(),
    });
  };
  const splitter = new RowSplitter(",");
  for (const row of [...splitter.push(text), ...splitter.end()]) {
    const full = gatherer.add(row);
    if (full !== null) take(full);
  }
  take(gatherer.end());
  return slices;
}

function said({ words, ...columns }: Packed): unknown {
  const word = (column: Iterable<number>): (string | undefined)[] => [...column].map((at) => words[at]);
  const { refused, parts, namespaces, otherNamespaces, marks, events, traits } = columns;
  return {
    ...columns,
    ...{ refused: word(refused), parts: word(parts), namespaces: word(namespaces) },
    ...{ otherNamespaces: word(otherNamespaces), marks: word(marks) },
    traits: { ...traits, plainKeys: word(traits.plainKeys), sealedKeys: word(traits.sealedKeys) },
    events: {
      ...events,
      ...{ names: word(events.names), which: word(events.which), categories: word(events.categories) },
    },
  };
}

let plain = 0;
let others = 0;
/** Counts how many orders went which way. */
const counted = (kind: RecordKind): RecordKind => ({
  ...kind,
  plain(places, context): PlainReader | null {
    const reader = kind.plain?.(places, context) ?? null;
    if (reader === null) return null;
    return {
      read(rows) {
        const found = reader.read(rows);
        if (found === null) others += 1;
        else plain += 1;
        return found;
      },
    };
  },
});

const kinds = Object.values<Preset>(presets).flatMap((preset) =>
  preset.kinds
    .filter((kind) => kind.plain !== undefined)
    .map((kind) => [`${preset.id}/${kind.id}`, kind] as const),
);

test.each(kinds)("%s: an order is read to the letter alike in the quick way and the long one", (_, kind) => {
  plain = 0;
  others = 0;
  const files = fc.integer({ min: 0, max: 60 }).chain((oddity) =>
    fc.subarray([...kind.targets], { minLength: Math.floor(kind.targets.length / 2) }).chain((targets) => {
      const has = targets.some(({ id }) => id === "order")
        ? targets
        : [kind.targets[0] as Target, ...targets];
      const row = fc.tuple(...has.map((target) => cellOf(target, oddity)));
      return fc.record({ targets: fc.constant(has), rows: fc.array(row, { minLength: 1, maxLength: 24 }) });
    }),
  );
  fc.assert(
    fc.property(files, ({ targets, rows }) => {
      const text = rows.map((cells) => `${cells.map(quoted).join(",")}\n`).join("");
      expect(read(counted(kind), targets, text)).toEqual(read({ ...kind, plain: () => null }, targets, text));
    }),
    { numRuns: 150 },
  );
  const isForWhole = kind.id !== "articles" && kind.id !== "order-totals" && others + plain > 0;
  // The test would say nothing of what is never taken, or never left.
  if (isForWhole) expect([plain > 20, others > 20]).toEqual([true, true]);
});
