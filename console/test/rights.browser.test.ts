import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser } from "./browser.ts";

/** A mother calls: she wants a copy, then to be forgotten. Staff answer both at the rights desk, on the whole app. */
const root = join(import.meta.dirname, "../..");
const out = join(root, "out/rights");
const now = "2026-11-21T04:00:00Z";

let house: WholeApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  house = await wholeApp({ now, consoleDir: join(root, "console/dist") });
  const { writeKey } = await house.brand("sapling");
  await house.collect(writeKey, [
    {
      ...{ type: "identify", messageId: "i1", userId: "u-1001", timestamp: now },
      traits: {
        name: "林小满",
        phone: "13812340001",
        city: "杭州市",
        children: [{ birthday: "2026-05-02" }],
      },
    },
    { type: "track", messageId: "t1", userId: "u-1001", event: "Order Completed", timestamp: now },
  ]);
  browser = await openBrowser();
  await mkdir(out, { recursive: true });
  const localStorage = [
    { name: "stork.language", value: "zh-CN" },
    { name: "stork.look", value: "light" },
  ];
  context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: "zh-CN",
    reducedMotion: "reduce",
    storageState: { cookies: [], origins: [{ origin: house.url, localStorage }] },
  });
  page = await context.newPage();
  await page.clock.setFixedTime(now);
  page.setDefaultTimeout(15_000);
  await page.goto((await house.app.signInLink()) ?? "");
  await page.waitForURL(/\/w\//);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const look = (name: string) => page.screenshot({ path: join(out, `${name}.png`), fullPage: true });
const button = (name: string | RegExp) => page.getByRole("button", { name });

async function takeDown(kind: string): Promise<void> {
  await page.goto(`${house.url}/w/sapling/rights`);
  await button("登记请求").first().click();
  await page.getByLabel("她的标识").fill("phone:13812340001");
  await page.getByLabel("她要什么").click();
  await page
    .locator(".ant-select-item-option")
    .filter({ hasText: new RegExp(`^${kind}$`) })
    .click();
  await page.locator(".ant-modal-footer").getByRole("button", { name: "登记请求" }).click();
  await page.waitForURL(/\/rights\/\d+$/);
}

test("a copy is handed over by a link once it is sure that it is she", async () => {
  await page.goto(`${house.url}/w/sapling/rights`);
  await page.getByText("还没有权利请求").waitFor();
  await look("empty");
  await takeDown("复制");
  await page.getByText("还剩 15 个工作日").first().waitFor();
  await button("已核实").click();
  await button("生成一次性链接").click();
  const url = (await page.locator(".rights-link code").textContent()) ?? "";
  await look("link");
  const hers = await context.newPage();
  await hers.setViewportSize({ width: 390, height: 844 });
  await hers.goto(url);
  await hers.screenshot({ path: join(out, "her-copy-390.png") });
  const [file] = await Promise.all([hers.waitForEvent("download"), hers.getByRole("button").click()]);
  expect(await file.failure()).toBeNull();
  await hers.close();
  await button("她已拿到副本，办结").click();
  await page.locator(".title-status").getByText("已办结").waitFor();
  expect(await page.locator(".rights-steps li").count()).toBe(5);
});

test("she is forgotten, and the page shows where, and that nothing was found after", async () => {
  await takeDown("删除");
  await button("已核实").click();
  await button("删除她的全部数据").click();
  await page.locator(".ant-modal-confirm").getByRole("button", { name: "删除她的全部数据" }).click();
  await page.getByText("正在删除").first().waitFor();
  await house.runJobs();
  house.clock.advance(6 * 60_000);
  await house.runJobs();
  await page.reload();
  await page.locator(".title-status").getByText("已办结").waitFor();
  await page.getByText(/搜索了 \d+ 处，找到 0 处残留/).waitFor();
  await button("校验整条凭证").click();
  await page.getByText(/条凭证完整/).waitFor();
  await look("deleted");
  await page.setViewportSize({ width: 390, height: 844 });
  await look("deleted-390");
  const found = await house.call("GET", "/api/v1/workspaces/sapling/persons?identifier=phone:13812340001");
  expect(found.status).toBe(404);
});

test("the desk shows what is over, in English on a phone too", async () => {
  await page.evaluate(() => localStorage.setItem("stork.language", "en"));
  await page.goto(`${house.url}/w/sapling/rights?show=ended`);
  await page.getByText("A person deleted since").first().waitFor();
  await look("desk-390-en");
  await page.setViewportSize({ width: 1440, height: 900 });
  await look("desk-en");
});
