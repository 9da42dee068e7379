import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { gb18030 } from "../../server/test/gb18030.ts";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser, openPage, pictures, sizeOf } from "./browser.ts";

/** An analyst brings a shop's export with one bad row, mends it, and takes the whole import back: in a browser, on the whole app. */
const root = join(import.meta.dirname, "../..");
const now = "2026-11-21T04:00:00Z";
const orders = 12;

let house: WholeApp;
let browser: Browser;
let page: Page;
let take: Awaited<ReturnType<typeof pictures>>;
let writeKey: string;

beforeAll(async () => {
  house = await wholeApp({ now, liveJobs: true, consoleDir: join(root, "console/dist") });
  ({ writeKey } = await house.brand("sapling"));
  browser = await openBrowser();
  take = await pictures("mend");
  ({ page } = await openPage(browser, house.url, { now }));
  await page.goto((await house.app.signInLink()) ?? "");
  await page.waitForURL(/\/w\//);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const look = (name: string) => take(page, name);
const button = (name: string | RegExp) => page.getByRole("button", { name });
const figure = (name: string) =>
  page.locator(".figures-row li").filter({ hasText: name }).locator("strong").textContent();

test("the export is recognised, and its preview says what each rule and column will do", async () => {
  await page.goto(`${house.url}/w/sapling/imports/new`);
  await page.waitForURL(/\/data\/imports\/new$/);
  await page.locator(".drop input").setInputFiles({
    name: "ExportOrderList202611.csv",
    mimeType: "text/csv",
    buffer: gb18030(tmallExport()),
  });
  await page.getByRole("heading", { name: "每一列是什么？" }).waitFor();
  await look("preview");
  const preview = (await page.locator("main").textContent()) ?? "";
  expect(preview).toContain("GB18030");
  expect(preview).toContain("表头在第 3 行");
  expect(preview).toMatch(/11 行可以收下.*1 行会退回/);
  expect(preview).not.toContain("13800001003");
  const phones = page.locator(".rules-table tr").filter({ hasText: "联系手机" });
  await phones.locator("ins").first().waitFor();
  // The door is hidden, the district it stands in is not.
  const addresses = page.locator(".rules-table tr").filter({ hasText: "收货地址" });
  expect(await addresses.locator("ins").first().textContent()).toContain("西湖区");
  expect(await addresses.textContent()).not.toContain("示例路 1 号");
});

test("the bad row waits in the quarantine, is mended, and is in", async () => {
  await button("开始导入").click();
  await page.waitForURL(/\/data\/imports\/\d+$/);
  await page.locator(".title-status").getByText("已完成").waitFor({ timeout: 180_000 });
  expect(await figure("新增")).toBe(String(orders - 1));
  expect(await figure("退回")).toBe("1");
  await look("imported");
  const at = page.url();
  await page.getByRole("link", { name: /去改好这 1 行/ }).click();
  await page.waitForURL(/\/data\/quarantine\?import=\d+/);
  await page.locator(".open-item").first().click();
  await page.getByLabel(/^订单编号/).fill("5736000000000004");
  await look("mending");
  await button("改好了，再收一次").click();
  await page.getByText("收下了").first().waitFor();
  await page.locator(".open-item").first().waitFor({ state: "detached" });
  await page.getByRole("button", { name: /已收下/ }).click();
  await page.locator(".open-item").first().waitFor();
  await page.goto(at);
  await page.locator(".title-status").getByText("已完成").waitFor();
  await page.getByRole("link", { name: /去改好/ }).waitFor({ state: "detached" });
});

test("the import is taken back as a whole, after saying what that means", async () => {
  await button("撤回整批").click();
  const asked = page.getByRole("dialog");
  await asked.getByText(/从数据里拿掉/).waitFor();
  await look("undo");
  await asked.getByRole("button", { name: "撤回整批" }).click();
  await page.locator(".title-status").getByText("已撤回").waitFor({ timeout: 180_000 });
  await look("undone");
});

test("a live event without an id is mended by saying who it was; another is let go, with the reason on record", async () => {
  const views = [
    { type: "track", event: "Product Viewed", properties: { sku: "F-1" } },
    { type: "track", userId: "u-9", event: "", properties: {} },
  ];
  expect(await sendLive(views)).toBe(400);
  await page.goto(`${house.url}/w/sapling/data/quarantine`);
  await page.locator("tr", { hasText: "Product Viewed" }).locator(".open-item").click();
  await page.getByLabel("字段名").fill("userId");
  await button("补一个字段").click();
  await page.getByLabel("userId").fill("u-9");
  await look("adding");
  await button("改好了，再收一次").click();
  await page.getByText("收下了").first().waitFor();
  await page.locator(".open-item").first().click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("button", { name: "放弃" }).click();
  await drawer.locator("textarea, input").last().fill("测试数据");
  await drawer.getByRole("button", { name: "放弃" }).last().click();
  await page.getByRole("button", { name: /已放弃/ }).click();
  await page.locator(".open-item").first().click();
  await drawer.getByText("测试数据").first().waitFor();
});

test("on a phone some are chosen and let go together; the rest waits", async () => {
  const nobodys = ["Cart Viewed", "Cart Viewed", "Size Asked"];
  expect(await sendLive(nobodys.map((event) => ({ type: "track", event, properties: {} })))).toBe(400);
  await page.setViewportSize(sizeOf(390));
  await page.goto(`${house.url}/w/sapling/data/quarantine`);
  const cards = page.locator(".quarantine-line");
  await cards.nth(2).waitFor();
  for (const box of await cards.filter({ hasText: "Cart Viewed" }).getByRole("checkbox").all())
    await box.check();
  await page.getByText("选中 2 条").waitFor();
  await look("chosen-narrow");
  await page.locator(".bulk-bar").getByRole("button", { name: "放弃" }).click();
  const asked = page.getByRole("dialog");
  await asked.getByLabel("原因").fill("页面调试时发的");
  await asked.getByRole("button", { name: "放弃" }).click();
  await page.getByText("已放弃 2 条").waitFor();
  await cards.nth(1).waitFor({ state: "detached" });
  expect(await cards.textContent()).toContain("Size Asked");
  await page.setViewportSize(sizeOf(1440));
});

test("what is missing is estimated for an analyst, told as made up, and taken along as a file that says so", async () => {
  const bottles = Array.from({ length: 30 }, (_, i) => ({
    ...{ type: "track", messageId: `g${i}`, userId: "u-9", event: "Bottle Drunk" },
    properties: i % 5 === 0 ? { minutes: 9 } : { minutes: 9, grams: 120 },
  }));
  await house.collect(writeKey, bottles);
  await page.goto(`${house.url}/w/sapling/data/dictionary?view=gaps&of=event%3ABottle%20Drunk`);
  await page.getByRole("button", { name: /grams/ }).click();
  await button("估算").click();
  await page.getByText("30 条里缺 6 条").waitFor();
  expect(await page.getByText("填补的").count()).toBe(6);
  await look("gaps");
  const [file] = await Promise.all([page.waitForEvent("download"), button("下载补全后的数据").click()]);
  const lines = (await readFile(await file.path(), "utf8")).trim().split("\r\n");
  expect(lines).toHaveLength(31);
  expect(lines.filter((line) => line.includes(",120,grams,"))).toHaveLength(6);
});

async function sendLive(batch: readonly object[]): Promise<number> {
  const answer = await fetch(`${house.url}/v1/batch`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`,
    },
    body: JSON.stringify({ batch }),
  });
  return answer.status;
}

/** As the shop's back office writes it: a title merged over the table, then the header on the third line. */
function tmallExport(): string {
  const header =
    "订单编号,买家会员名,买家实际支付金额,订单状态,订单创建时间,订单付款时间,收货人姓名,收货地址,联系手机";
  const row = (n: number) => {
    const time = `2026/11/${n + 1} 9:0${n % 10}`;
    const end = String(1000 + n);
    return [
      n === 4 ? "" : `="57360000${String(n).padStart(8, "0")}"`,
      `小雨${n}`,
      n % 2 === 0 ? `"¥1,2${String(n).padStart(2, "0")}.00"` : `2${String(n).padStart(2, "0")}.5`,
      "交易成功",
      time,
      time,
      "王小雨",
      "浙江省 杭州市 西湖区 示例路 1 号",
      n % 2 === 0 ? `１３８ 0000 ${end}` : `'1380000${end}`,
    ].join(",");
  };
  const rows = Array.from({ length: orders }, (_, at) => row(at + 1));
  return ["订单报表,,,,,,,,", "导出时间：2026-11-20,,,,,,,,", header, ...rows].join("\r\n");
}
