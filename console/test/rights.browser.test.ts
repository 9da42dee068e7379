import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { signInAs } from "../../server/test/staff.ts";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser, openPage, pictures, sizeOf } from "./browser.ts";

/** A mother calls: she wants a copy, then to be forgotten. Staff answer both at the rights desk, on the whole app. */
const root = join(import.meta.dirname, "../..");
const now = "2026-11-21T04:00:00Z";

let house: WholeApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let take: Awaited<ReturnType<typeof pictures>>;

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
  take = await pictures("rights");
  ({ context, page } = await openPage(browser, house.url, { now }));
  await page.goto((await house.app.signInLink()) ?? "");
  await page.waitForURL(/\/w\//);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const look = (name: string) => take(page, name);
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
  await hers.setViewportSize(sizeOf(390));
  await hers.goto(url);
  await take(hers, "her-copy-390");
  const [file] = await Promise.all([hers.waitForEvent("download"), hers.getByRole("button").click()]);
  expect(await file.failure()).toBeNull();
  await hers.close();
  await button("她已拿到副本，办结").click();
  await page.locator(".title-status").getByText("已办结").waitFor();
  expect(await page.locator(".rights-steps li").count()).toBe(5);
});

test("words are written anew, a note is kept with consent alone, and one child's deletion is asked for where it stands", async () => {
  await page.goto(`${house.url}/w/sapling/rights/texts`);
  await button("改写 健康信息").click();
  await page.getByLabel("中文").fill("我单独同意记录宝宝的过敏和喂养，只用来避开不合适的东西。");
  await page.getByText("只改了一种语言").waitFor();
  await page
    .getByLabel("英文")
    .fill("I agree, separately, that allergy and feeding are noted, to avoid what does not suit.");
  await button("发布新一版").click();
  await page.getByText("第 1 版").waitFor();
  await look("texts");
  const { body: her } = await house.call<{ id: string }>(
    "GET",
    "/api/v1/workspaces/sapling/persons?identifier=user:u-1001",
  );
  await page.goto(`${house.url}/w/sapling/families/${her.id}`);
  await button("过敏与喂养").click();
  await button("登记她的同意").click();
  await page
    .getByRole("dialog", { name: "登记授权" })
    .getByRole("button", { name: /登\s?记/ })
    .click();
  await button(/^记\s?录$/)
    .first()
    .click();
  await page.getByRole("textbox", { name: "过敏" }).fill("牛奶蛋白");
  await button(/^保\s?存$/).click();
  await page.getByText("已记录").waitFor();
  await button("查看（留下记录）").click();
  await page.locator(".note-text").getByText("牛奶蛋白").waitFor();
  await look("notes");
  await page.keyboard.press("Escape");
  await button("删除资料").click();
  await button(/^登记请求$/).click();
  await page.waitForURL(/\/rights\/\d+$/);
  await page.goto(`${house.url}/w/sapling/rights`);
  await page.getByText("仅一个宝宝").first().waitFor();
});

test("a list with whole values is let out by a second person, and every look at it stands in the log", async () => {
  const path = "/api/v1/workspaces/sapling";
  const marketer = await signInAs(house, path, "marketer");
  const where = { kind: "trait", key: "city", op: "=", value: "杭州市" };
  const { body: segment } = await house.call<{ id: string }>("POST", `${path}/segments`, {
    name: "杭州",
    where,
  });
  const asked = {
    ...{ segment: segment.id, values: "whole", purpose: "service", why: "门店周六妈妈班签到" },
    columns: ["name", "identifier:phone"],
  };
  const { body: list } = await house.call<{ id: string }>("POST", `${path}/exports`, asked, marketer);
  const file = () => house.call<string>("GET", `${path}/exports/${list.id}/people.csv`, undefined, marketer);
  expect((await file()).status).toBe(409);
  await page.goto(`${house.url}/w/sapling/exports`);
  await page.getByText("有 1 个导出在等您批准").waitFor();
  await button(/^批\s?准$/).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("姓名、手机号").waitFor();
  await look("approval");
  await dialog.getByRole("button", { name: /^批\s?准$/ }).click();
  await page.getByText("可下载").waitFor();
  expect((await file()).body).toContain("13812340001");
  await page.goto(`${house.url}/w/sapling/rights/looks`);
  const row = page.getByRole("row").filter({ hasText: "marketer" });
  await row.first().waitFor();
  expect(await row.first().textContent()).toMatch(/导出.*林\*\*/);
  await look("looks");
  await page.setViewportSize(sizeOf(390));
  await look("looks-390");
  await page.setViewportSize(sizeOf(1440));
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
  await page.setViewportSize(sizeOf(390));
  await look("deleted-390");
  const found = await house.call("GET", "/api/v1/workspaces/sapling/persons?identifier=phone:13812340001");
  expect(found.status).toBe(404);
});

test("the desk shows what is over, in English on a phone too", async () => {
  await page.evaluate(() => localStorage.setItem("stork.language", "en"));
  await page.goto(`${house.url}/w/sapling/rights?show=ended`);
  await page.getByText("A person deleted since").first().waitFor();
  await look("desk-390-en");
  await page.setViewportSize(sizeOf(1440));
  await look("desk-en");
});
