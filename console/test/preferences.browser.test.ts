import type { Person } from "@stork/contract/people.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { serious } from "./accessible.ts";
import { openBrowser, patienceMs, pictures } from "./browser.ts";

/** A mother opens the page in a message's footer on her phone, and each tap is obeyed at once. It needs no script. */
let app: WholeApp;
let browser: Browser;
let page: Page;
let take: Awaited<ReturnType<typeof pictures>>;
let path: string;
let url: string;

beforeAll(async () => {
  app = await wholeApp({ now: "2026-06-01T02:00:00Z" });
  const brand = await app.brand("kind");
  ({ path } = brand);
  const children = [
    { key: "1", birthday: "2024-01-15" },
    { key: "2", dueDate: "2026-07-10" },
  ];
  const traits = {
    phone: "13812345671",
    email: "mei@x.test",
    name: "王小雨",
    children,
    marketingConsent: true,
  };
  await app.collect(brand.writeKey, [{ type: "identify", messageId: "1", userId: "mei", traits }]);
  const { id } = await find();
  const link = await app.call<{ url: string }>("POST", `${path}/persons/${id}/preference-link`);
  url = link.body.url;
  browser = await openBrowser();
  take = await pictures("preferences");
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false, deviceScaleFactor: 2 };
  page = await (await browser.newContext({ ...phone, locale: "zh-CN" })).newPage();
  page.setDefaultTimeout(patienceMs);
});
afterAll(async () => {
  await browser?.close();
  await app?.close();
});

const find = async (): Promise<Person> =>
  (await app.call<Person>("GET", `${path}/persons?identifier=user:mei`)).body;
const look = (name: string) => take(page, name);
const tap = (name: string) => page.getByRole("button", { name, exact: true }).click();

test("she sees what she may switch, on her phone, in her language", async () => {
  await page.goto(url);
  await look("zh");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("由您决定");
  expect(await page.content()).not.toMatch(/13812345671|mei@x|2024-01-15|2026-07-10|王小雨/);
  const width = await page.evaluate<number>("document.documentElement.scrollWidth").catch(() => 390);
  expect(width).toBeLessThanOrEqual(390);
  await page.getByRole("link", { name: "English" }).click();
  await look("en");
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("It is up to you");
  await page.getByRole("link", { name: "中文" }).click();
});

test("a switch is obeyed at once; looking again changes nothing", async () => {
  await page.getByRole("switch", { name: "邮件" }).click();
  expect(await page.getByRole("switch", { name: "邮件" }).getAttribute("aria-checked")).toBe("false");
  await page.reload();
  await page.getByRole("switch", { name: /个性化推荐/ }).click();
  expect((await find()).consents.map(({ purpose, channel, state }) => [purpose, channel, state])).toEqual([
    ["marketing", undefined, "granted"],
    ["marketing", "email", "withdrawn"],
    ["personalisation", undefined, "withdrawn"],
  ]);
  // What is kept of a child's health is agreed to for each child by itself.
  await page.getByRole("switch", { name: /2024年1月出生 健康信息/ }).click();
  expect(await page.getByRole("switch", { name: /健康信息/, checked: true }).count()).toBe(1);
  const { consents, children } = await find();
  const born = children.find(({ bornOn }) => bornOn === "2024-01-15");
  expect(consents.filter(({ purpose }) => purpose === "health")).toMatchObject([
    { state: "granted", child: born?.id },
  ]);
});

test("she corrects a date, and asks for silence with one tap", async () => {
  await page.getByText("更正或移除").first().click();
  const card = page
    .locator("details")
    .filter({ has: page.getByText("更正或移除") })
    .first();
  await card.getByLabel("日期", { exact: true }).fill("2024-01-16");
  await card.getByRole("button", { name: "保存" }).click();
  await page.getByText("日期已更正。").waitFor();
  expect((await find()).children.map(({ bornOn }) => bornOn)).toContain("2024-01-16");

  await look("before-silence");
  await tap("请安静：预产期 2026年7月的宝宝");
  await page.getByText("好的。从现在起，我们安静。").waitFor();
  await look("silence");
  const quiet = await find();
  expect(quiet.silences).toMatchObject([{ why: "tap" }]);
  expect(quiet.children.map(({ bornOn }) => bornOn)).toEqual(["2024-01-16"]);
  expect(await page.getByText("2026年7月").count()).toBe(0);
  // Should the other one be lost, too, the button is there.
  expect(await page.getByRole("button", { name: "请安静", exact: true }).count()).toBe(1);
});

test("she leaves everything, asks for a copy; a stranger's link opens nothing", async () => {
  await tap("全部退订");
  await page.getByText("已全部退订").waitFor();
  expect(
    (await find()).consents.find(({ purpose, channel }) => purpose === "marketing" && !channel),
  ).toMatchObject({
    state: "withdrawn",
  });
  await tap("给我一份我的资料");
  await page.getByText("已收到。办好后会告诉您。").waitFor();
  const asked = await app.call<{ items: { kind: string; by: string }[] }>("GET", `${path}/rights/requests`);
  expect(asked.body.items).toMatchObject([{ kind: "copy", by: "link" }]);
  await tap("说明为什么选中我");
  await page.getByText("已收到。我们会说明").waitFor();
  await page.getByText("2026-06-01 提出 · 最迟 2026-06-23 答复").first().waitFor();
  await look("asked-for");
  const forged = url.slice(0, -1) + (url.endsWith("A") ? "B" : "A");
  expect((await page.goto(forged))?.status()).toBe(404);
  app.clock.advance(8 * 86_400_000);
  expect((await page.goto(url))?.status()).toBe(410);
  await look("expired");
});

test("axe finds nothing serious", async () => {
  app.clock.set("2026-06-01T02:00:00Z");
  const reader = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
  await reader.goto(url);
  expect(await serious(reader)).toEqual([]);
});
