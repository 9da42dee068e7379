import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dirtRates } from "./exports/dirt.ts";
import { platforms } from "./exports/platforms.ts";
import { scoreOrders, type TrueOrder } from "./score.ts";
import { type WrittenShops, writeShops } from "./shops.client.ts";

const settings = { seed: 7, families: 700, until: "2026-07-01", months: 6 };
let dir = "";
let dirty: WrittenShops;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "stork-shops-"));
  dirty = await writeShops({ ...settings, dirt: true, out: join(dir, "dirty"), threads: 1 });
  await writeShops({ ...settings, dirt: false, out: join(dir, "clean") });
}, 60_000);
afterAll(() => rm(dir, { recursive: true, force: true }));

type Listed = {
  file: string;
  platform: string;
  kind: string;
  exportedAt: string;
  form: { dates: string; money: string };
};
const jsonl = async <T>(...path: string[]): Promise<T[]> =>
  (await readFile(join(dir, ...path), "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

async function hashes(out: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(dir, out), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(join(dir, out).length)] = createHash("sha256")
      .update(await readFile(path))
      .digest("hex");
  }
  return found;
}

/** The first sheet's rows; the parts of the archive are read by their local headers, in the order they stand. */
function sheetOf(bytes: Buffer): string[][] {
  for (let at = bytes.readUInt32LE(bytes.length - 6); ; ) {
    const [size, length] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.subarray(at + 46, at + 46 + length).toString();
    if (name === "xl/worksheets/sheet1.xml") {
      const from = bytes.readUInt32LE(at + 42) + 30 + length;
      return rowsOf(inflateRawSync(bytes.subarray(from, from + size)).toString());
    }
    at += 46 + length;
  }
}

const rowsOf = (xml: string): string[][] =>
  [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, row = ""]) => {
    const cells: string[] = [];
    for (const [, letters = "", text = ""] of row.matchAll(
      /<c r="([A-Z]+)\d+"[^>]*>(?:<is><t[^>]*>|<v>)(.*?)</g,
    )) {
      const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
      while (cells.length <= column) cells.push("");
      cells[column] = text;
    }
    return cells;
  });

async function read(out: string, { file, platform }: Listed): Promise<Record<string, string>[]> {
  const bytes = await readFile(join(dir, out, file));
  const kind = Object.values(platforms).find(({ id }) => id === platform)!.kinds[0]!;
  const rows: string[][] = file.endsWith(".xlsx")
    ? sheetOf(bytes).slice(kind.title ? 2 : 0)
    : parse(kind.encoding === "gbk" ? iconv.decode(bytes, "gbk") : bytes.toString(), {
        bom: true,
        relax_column_count: true,
      });
  const [header = [], ...body] = rows;
  return body.map((row) => Object.fromEntries(header.map((name, i) => [name.trim(), (row[i] ?? "").trim()])));
}

test("the same seed gives the same bytes, whatever the number of threads, and leaves nothing else behind", async () => {
  const again = await writeShops({ ...settings, dirt: true, out: join(dir, "again"), threads: 3 });
  expect(again).toEqual(dirty);
  const first = await hashes("dirty");
  expect(await hashes("again")).toEqual(first);
  expect(Object.keys(first).filter((path) => path.startsWith("/."))).toEqual([]);
  await writeShops({ ...settings, families: 30, seed: 8, dirt: true, out: join(dir, "other") });
  expect((await hashes("other"))["/truth/orders.jsonl"]).not.toBe(first["/truth/orders.jsonl"]);
}, 60_000);

test("a family's orders are the same in a small town", async () => {
  await writeShops({ ...settings, families: 50, dirt: true, out: join(dir, "small") });
  const small = await jsonl<TrueOrder>("small", "truth", "orders.jsonl");
  const large = new Map(
    (await jsonl<TrueOrder>("dirty", "truth", "orders.jsonl")).map((one) => [one.order, one]),
  );
  for (const order of small) expect(large.get(order.order)).toEqual(order);
});

test("18 % of the rows are said again; without dirt none is", async () => {
  const share = dirty.repeated / dirty.rows;
  expect(share).toBeGreaterThan(0.16);
  expect(share).toBeLessThan(0.2);
  const clean = await jsonl<TrueOrder>("clean", "truth", "orders.jsonl");
  expect(clean.every((order) => order.exports === 1)).toBe(true);
});

/** The columns of a platform that a plain reader of its clean files needs. */
const plain: Record<
  string,
  { order: string; paidAt: string; amount: string; sku: string; quantity: string }
> = {
  jd: { order: "订单号", paidAt: "付款确认时间", amount: "应付金额", sku: "货号", quantity: "订购数量" },
  pinduoduo: {
    order: "订单号",
    paidAt: "支付时间",
    amount: "用户实付金额(元)",
    sku: "商家编码-规格维度",
    quantity: "商品数量(件)",
  },
  youzan: {
    order: "订单号",
    paidAt: "买家付款时间",
    amount: "订单实付金额",
    sku: "规格编码",
    quantity: "商品数量",
  },
  wechat: {
    order: "订单号",
    paidAt: "支付时间",
    amount: "订单实际支付金额",
    sku: "SKU编码(自定义)",
    quantity: "商品数量",
  },
};

test("without dirt the files say just what the truth says", async () => {
  const truth = await jsonl<TrueOrder>("clean", "truth", "orders.jsonl");
  const files = await jsonl<Listed>("clean", "truth", "files.jsonl");
  for (const [platform, columns] of Object.entries(plain)) {
    const rows = (
      await Promise.all(files.filter((file) => file.platform === platform).map((file) => read("clean", file)))
    ).flat();
    const orders = [...Map.groupBy(rows, (row) => row[columns.order]!)].map(([order, lines]) => ({
      ...{ platform, order, status: "", isExcluded: false, person: null },
      paidAt:
        lines[0]![columns.paidAt] === "" ? null : `${lines[0]![columns.paidAt]!.replace(" ", "T")}+08:00`,
      amountFen: Math.round(Number(lines[0]![columns.amount]) * 100),
      items: lines.map((line) => ({ sku: line[columns.sku]!, quantity: Number(line[columns.quantity]) })),
    }));
    const mine = truth.filter((order) => order.platform === platform);
    const score = scoreOrders(mine, orders);
    expect(mine.length).toBeGreaterThan(100);
    expect(score.examples.filter((text) => !text.includes(" status:"))).toEqual([]);
    expect(score).toMatchObject({ missing: 0, invented: 0, duplicates: 0 });
  }
});

test("Tmall's two reports of a month hold the same orders", async () => {
  const files = await jsonl<Listed>("clean", "truth", "files.jsonl");
  const tmall = files.filter(({ platform }) => platform === "tmall");
  const ids = async (kind: string, column: string) =>
    new Set(
      (await Promise.all(tmall.filter((file) => file.kind === kind).map((file) => read("clean", file))))
        .flat()
        .map((row) => row[column]),
    );
  const orders = await ids("orders", "订单编号");
  expect(orders.size).toBeGreaterThan(300);
  expect(await ids("articles", "主订单编号")).toEqual(orders);
});

test("each kind of dirt is there at about its rate", async () => {
  const truth = await jsonl<TrueOrder>("dirty", "truth", "orders.jsonl");
  const share = (holds: (order: TrueOrder) => boolean, among = truth) =>
    among.filter(holds).length / among.length;
  const about = (found: number, rate: number) => {
    const slack = 4 * Math.sqrt((rate * (1 - rate)) / truth.length);
    expect(found, `${found} for ${rate}`).toBeGreaterThan(rate / 2 - slack);
    expect(found, `${found} for ${rate}`).toBeLessThan(rate * 1.5 + slack);
  };
  for (const mark of ["test", "brush", "wholesale"] as const)
    about(
      share(({ marks }) => marks.includes(mark)),
      dirtRates[mark],
    );
  expect(share(({ marks }) => marks.includes("presale"))).toBeGreaterThan(0);
  about(
    share(({ phoneUse }) => phoneUse === "typo"),
    dirtRates.typedWrong,
  );
  const tills = truth.filter(({ platform }) => platform === "pos");
  about(
    share(({ phoneUse }) => phoneUse === "store", tills),
    dirtRates.storePhone,
  );
  about(
    share(({ phoneUse }) => phoneUse === "courier"),
    dirtRates.courierPhone,
  );
  for (const status of ["completed", "cancelled", "refunded"])
    expect(share((order) => order.status === status)).toBeGreaterThan(0.01);
  expect(share((order) => order.exports > 1)).toBeGreaterThan(0.1);
});

test("cells have the dirt of their kind, and some files the form of another program", async () => {
  const listed = await jsonl<Listed>("dirty", "truth", "files.jsonl");
  const files = listed.filter(({ form }) => form !== undefined);
  const forms = new Set(files.map(({ form }) => `${form.dates} ${form.money}`));
  expect(forms.size).toBeGreaterThan(3);
  const text = (
    await Promise.all(files.filter(({ platform }) => platform === "jd").map((file) => read("dirty", file)))
  ).flat();
  const some = (column: string, form: RegExp) =>
    text.filter((row) => form.test(row[column] ?? "")).length / text.length;
  expect(some("联系电话", /^1\d\d\*{4}\d{4}$/)).toBeGreaterThan(0.1);
  expect(some("联系电话", /[０-９]|^\+?86|[ -]/)).toBeGreaterThan(0);
  expect(some("应付金额", /[０-９¥￥元,]/)).toBeGreaterThan(0.005);
  expect(some("下单时间", /[年/T]/)).toBeGreaterThan(0.001);
  expect(some("商品名称", /锟斤拷|�|[鍥濂鎴灏鏁绾]/)).toBeGreaterThan(0.001);
  expect(some("订单号", /合计/)).toBeGreaterThan(0);
});

test("what an identifier is used for is told of every person", async () => {
  const people = await jsonl<{
    person: string;
    identifiers: { namespace: string; value: string; use: string }[];
  }>(...["dirty", "truth", "identities.jsonl"]);
  const uses = new Set(people.flatMap(({ identifiers }) => identifiers.map(({ use }) => use)));
  for (const use of ["own", "account", "old", "family", "store", "courier"]) expect(uses).toContain(use);
  const shared = Map.groupBy(
    people.flatMap(({ person, identifiers }) => identifiers.map((one) => ({ ...one, person }))),
    ({ namespace, value }) => `${namespace} ${value}`,
  );
  for (const list of shared.values()) {
    if (new Set(list.map(({ person }) => person)).size < 2) continue;
    expect(list.some(({ use }) => use !== "own" && use !== "account")).toBe(true);
  }
});

test("the brand's own lists are there: members with their children, tickets, reviews, answers, stock, purchases, spend", async () => {
  const files = await jsonl<Listed & { rows: number; format: string; encoding: string }>(
    "dirty",
    "truth",
    "files.jsonl",
  );
  const lists = files.filter(({ form }) => form === undefined);
  expect(lists.map(({ platform, rows }) => [platform, rows > 20])).toEqual(
    ["crm", "service", "reviews", "surveys", "erp", "erp", "ads", "ads", "ads", "ads"].map((folder) => [
      folder,
      true,
    ]),
  );
  const bytes = await readFile(join(dir, "dirty", "shops", "crm", "会员导出.csv"));
  const members: Record<string, string>[] = parse(bytes, { bom: true, columns: true });
  const people = new Map(
    (await jsonl<{ name: string; phones: string[] }>("dirty", "truth", "identities.jsonl")).map((one) => [
      one.phones[0],
      one,
    ]),
  );
  const whole = members.filter((member) => !member["手机号"]!.includes("*"));
  expect(whole.length / members.length).toBeGreaterThan(0.85);
  for (const member of whole) expect(people.get(member["手机号"]!)?.name).toBe(member["姓名"]);
  expect(
    members.filter((member) => member["宝宝生日"] !== "" || member["预产期"] !== "").length / members.length,
  ).toBeGreaterThan(0.4);
});

test("months that the town does not have are refused in words", async () => {
  await expect(writeShops({ ...settings, months: 37, dirt: true, out: join(dir, "no") })).rejects.toThrow(
    "months must be",
  );
});
