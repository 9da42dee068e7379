import { afterAll, beforeAll, expect, test } from "vitest";
import { serious } from "./accessible.ts";
import { pictures } from "./browser.ts";
import { type FixtureHouse, fixtureHouse } from "./fixture-visit.ts";
import { rooms, taught } from "./pages.ts";

/** What a page shows when there is nothing, nothing yet, or trouble; who may do what; how one gets about. */
const all = process.env["STORK_SCREENS"] === "1";

let house: FixtureHouse;
let take: Awaited<ReturnType<typeof pictures>>;
beforeAll(async () => {
  house = await fixtureHouse();
  take = await pictures("screens");
});
afterAll(() => house?.close());

test("a workspace without data teaches how to begin", async () => {
  const { context, page, troubles, go } = await house.open();
  await page.goto(`${house.url}/w/empty/settings`);
  for (const room of taught) {
    await go(`/w/empty${room}`);
    if (all) await take(page, `empty${room.replaceAll("/", "-")}`);
    expect(await page.locator(".state h2").count(), room).toBe(1);
    expect(await page.locator(".state button, .page-actions button").count(), room).toBeGreaterThan(0);
  }
  expect(troubles).toEqual([]);
  await context.close();
});

test("while the server is silent, the page has its final shape", async () => {
  const { context, page, go } = await house.open();
  // A browser asks one server six things at a time: left open there, they would hold up the code of the next page.
  await page.route("**/api/v1/workspaces/slow/**", () => {});
  await page.goto(`${house.url}/w/slow`);
  for (const room of rooms) {
    await go(`/w/slow${room}`, "silent");
    await page.waitForSelector("h1");
    await page.waitForSelector("[aria-busy=true]");
    if (all) await take(page, `loading${room.replaceAll("/", "-")}`);
    expect(await page.locator(".ant-spin").count(), room).toBe(0);
  }
  await context.close();
});

test("a failure is told in three parts, with a way to try again", async () => {
  const { context, page, go } = await house.open();
  await page.goto(`${house.url}/w/broken/settings/me`);
  for (const room of rooms) {
    await go(`/w/broken${room}`);
    const alert = page.getByRole("alert").first();
    await alert.waitFor();
    if (all) await take(page, `error${room.replaceAll("/", "-")}`);
    expect(await alert.innerText(), room).toMatch(
      /服务器没有完成这个请求[\s\S]*数据引擎没有回答[\s\S]*稍后重试[\s\S]*server\/unexpected/,
    );
    expect(await alert.getByRole("button", { name: "重试" }).count(), room).toBe(1);
  }
  await context.close();
});

test("while the server is gone what was shown stays, with a form being filled in, and a word says so", async () => {
  const { context, page, settle } = await house.open();
  await page.goto(`${house.url}/w/demo/data/sources/src2`);
  await settle();
  await page.getByRole("button", { name: "改名" }).click();
  await page.getByLabel("名称").fill("新官网");
  await page.route("**/api/v1/**", (route) => route.abort());
  await page.getByText("暂时连不上服务器").waitFor();
  if (all) await take(page, "behind");
  expect(await page.getByLabel("名称").inputValue()).toBe("新官网");
  expect(await page.locator(".state").count()).toBe(0);
  await page.unroute("**/api/v1/**");
  await page.getByText("暂时连不上服务器").waitFor({ state: "detached" });
  await context.close();
});

test("a viewer is offered nothing that the server would refuse", async () => {
  const { context, page, go } = await house.open();
  await page.goto(`${house.url}/w/viewer`);
  for (const path of [
    "/families/10001",
    "/segments",
    "/campaigns",
    "/campaigns/k3",
    "/data/imports",
    "/data/sources",
    "/data/sources/src4",
    "/data/imports/i1",
    "/data/quarantine?item=q1",
    "/data/quality/alerts/a1",
    "/data/dictionary/entry?id=event%3Aorder_completed",
    "/data/storage",
    "/settings/members",
    "/settings/channels",
    "/settings/webhooks",
    "/settings/webhooks/1",
  ]) {
    await go(`/w/viewer${path}`);
    const offered = await page.locator("main .ant-btn-primary, main .ant-btn-dangerous").allInnerTexts();
    expect(offered, path).toEqual([]);
  }
  await page.goto(`${house.url}/w/viewer/segments/new`);
  await page.getByText("你的角色不能查看这个页面").waitFor();
  await context.close();
});

test("an expired session leads to the sign-in page and back to where one was", async () => {
  const { context, page, settle } = await house.open();
  await page.goto(`${house.url}/w/demo/families?stage=6-12`);
  await settle();
  await context.clearCookies();
  await page.getByRole("button", { name: "孕中期" }).click();
  await page.waitForURL(/\/sign-in\?to=/);
  await page.getByRole("heading", { name: "登录" }).waitFor();
  if (all) await take(page, "sign-in");
  expect(await serious(page)).toEqual([]);
  await page.getByLabel("邮箱").fill("linyue@example.cn");
  await page.getByLabel("密码").fill("wrong");
  await page
    .getByRole("button", { name: "登 录" })
    .or(page.getByRole("button", { name: "登录" }))
    .click();
  await page.getByText("没有登录成功").waitFor();
  await page.getByLabel("密码").fill("correct horse");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/w\/demo\/families\?stage=pregnancy-2/);
  await context.close();
});

test("everything can be reached by keyboard: search, a room, a row", async () => {
  const { context, page, settle } = await house.open();
  await page.goto(`${house.url}/w/demo`);
  await settle();
  await page.keyboard.press("Control+k");
  await page.locator("input:focus").waitFor();
  await page.keyboard.type("人群");
  await page.getByRole("option", { name: "人群" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/segments/);
  await settle();
  await page.locator(".row-link").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/segments\/s1/);
  await page.goto(`${house.url}/w/demo`);
  await settle();
  await page.keyboard.press("Tab");
  const focused = await page.evaluate("document.activeElement.textContent");
  expect(focused).toContain("跳到正文");
  await context.close();
});

test("the addresses that imports and sources had lead to the data room", async () => {
  const { context, page } = await house.open();
  await page.goto(`${house.url}/w/demo/imports/new?preset=orders`);
  await page.waitForURL(/\/data\/imports\/new\?preset=orders/);
  await page.goto(`${house.url}/w/demo/data`);
  await page.waitForURL(/\/data\/sources$/);
  await context.close();
});

test("a stage of the overview opens its families; the filter is in the address", async () => {
  const { context, page, settle } = await house.open();
  await page.goto(`${house.url}/w/demo`);
  await settle();
  await page.getByRole("button", { name: "家庭在哪个阶段？: 表格" }).click();
  await page.getByRole("link", { name: "3–6 月" }).click();
  await page.waitForURL(/families\?stage=3-6/);
  await settle();
  expect(await page.getByRole("button", { name: "3–6 月" }).getAttribute("aria-pressed")).toBe("true");
  await context.close();
});
