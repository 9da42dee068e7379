import { join } from "node:path";
import type { IdentityRules } from "@stork/contract/identity.ts";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser, openPage, pictures } from "./browser.ts";

/** A colleague merges two persons, takes it back, and answers the review queue: in a browser, on the whole app. */
const root = join(import.meta.dirname, "../..");
const now = "2026-11-21T04:00:00Z";

let house: WholeApp;
let browser: Browser;
let page: Page;
let path: string;
let take: Awaited<ReturnType<typeof pictures>>;

beforeAll(async () => {
  house = await wholeApp({ now, consoleDir: join(root, "console/dist") });
  const brand = await house.brand("sapling");
  path = brand.path;
  const identify = (userId: string, traits: object, externalIds: object[] = []) => ({
    ...{
      type: "identify",
      messageId: `${userId}-${externalIds.length}-${JSON.stringify(externalIds).length}`,
      userId,
    },
    ...{ timestamp: "2026-11-20T04:00:00Z", traits, context: { externalIds } },
  });
  const union = (id: string) => [{ id, type: "unionid" }];
  await house.collect(brand.writeKey, [
    identify("mei-1", { name: "王美丽", phone: "13912340001" }),
    identify("mei-2", { name: "王美丽", phone: "13912340002" }),
    identify("lan", { name: "王美兰" }),
    identify("u-1", { name: "陈静" }, union("oU-a")),
    identify("u-2", { name: "陈静" }, union("oU-bb")),
  ]);
  await house.collect(brand.writeKey, [identify("u-1", {}, union("oU-bb"))]);
  browser = await openBrowser();
  take = await pictures("who-is-who");
  ({ page } = await openPage(browser, house.url));
  await page.goto((await house.app.signInLink()) ?? "");
  await page.waitForURL(/\/w\//);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

const button = (name: string | RegExp) => page.getByRole("button", { name });
const idOf = async (user: string) =>
  (await house.call<{ id: string }>("GET", `${path}/persons/lookup?identifier=user:${user}`)).body.id;

test("two cards of one mother are merged with a reason, and parted again from the history", async () => {
  const [one, other] = [await idOf("mei-1"), await idOf("mei-2")];
  await page.goto(`${house.url}/w/sapling/families/${one}/identity`);
  await page.getByRole("heading", { name: "与另一位合并" }).waitFor();
  await page.getByLabel(/完整的手机号/).fill("13912340002");
  await button("是同一个人").click();
  await page.getByRole("heading", { name: "之后" }).waitFor();
  await page.getByLabel(/原因/).fill("电话里确认是她");
  await button(/^合\s?并$/).click();
  await page.getByText("已生效").waitFor();
  await expect.poll(() => idOf("mei-2")).toBe(one);
  await button(/^撤\s?销$/)
    .first()
    .click();
  await page.getByLabel(/原因/).fill("是她妹妹");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^撤\s?销$/ })
    .click();
  await page.getByText(/是她妹妹/).waitFor();
  await expect.poll(() => idOf("mei-2")).toBe(other);
});

test("of somebody merged into two who were one by mistake, staff say to which of them she belongs", async () => {
  const [one, other, third] = [await idOf("mei-1"), await idOf("mei-2"), await idOf("lan")];
  const decide = (a: string, b: string, reason: string) =>
    house.call("POST", `${path}/identity/decisions`, { change: { kind: "merge", a, b }, reason });
  await decide(one, other, "看着像一个人");
  await decide(one, third, "同一张会员卡");
  await page.goto(`${house.url}/w/sapling/families/${one}/identity`);
  await page
    .getByRole("listitem")
    .filter({ hasText: "看着像一个人" })
    .getByRole("button", { name: /^撤\s?销$/ })
    .click();
  const drawer = page.getByRole("dialog");
  await drawer.getByRole("checkbox", { name: /「同一张会员卡」/ }).check();
  await take(page, "meanwhile");
  await drawer.getByLabel(/原因/).fill("是姐妹，卡是妹妹的");
  await drawer.getByRole("button", { name: /^撤\s?销$/ }).click();
  await page.getByText("已生效").waitFor();
  expect(await idOf("mei-1")).not.toBe(await idOf("mei-2"));
  expect(await idOf("lan")).toBe(await idOf("mei-2"));
});

test("a number she told on the phone is linked by hand, after a word that nobody has shown it", async () => {
  const one = await idOf("mei-1");
  await page.goto(`${house.url}/w/sapling/families/${one}/identity`);
  expect(await page.getByLabel("标识类型").inputValue()).toBe("手机号");
  await page.getByLabel(/完整的值/).fill("13912340009");
  await button(/^关\s?联$/).click();
  const drawer = page.getByRole("dialog");
  await drawer.getByText(/还没有人出示过这个标识/).waitFor();
  await drawer.getByLabel(/原因/).fill("她在电话里报的");
  await drawer.getByRole("button", { name: /^关\s?联$/ }).click();
  await page.getByText("已生效").waitFor();
  const found = await house.call<{ id: string }>(
    "GET",
    `${path}/persons/lookup?identifier=phone:13912340009`,
  );
  expect(found.body.id).toBe(one);
});

test("one shop gets a rule of its own, kept with a reason after seeing what it does", async () => {
  await page.goto(`${house.url}/w/sapling/families/rules`);
  await page.getByLabel("单独设一条").first().fill("member:tmall");
  await button("单独设一条").click();
  const own = page.getByRole("group").filter({ hasText: "删掉这条" });
  await own.getByLabel(/每人最多几个/).fill("1");
  await button("看看会怎样").click();
  await page.getByText(/0 处没合并的会进入复核/).waitFor();
  await page.getByLabel(/为什么改/).fill("天猫一人一个会员号");
  await take(page, "rules");
  await button("保存规则").click();
  await page.getByText("已保存。").waitFor();
  const { body } = await house.call<IdentityRules>("GET", `${path}/identity/rules`);
  expect(body.rules.find(({ kind }) => kind === "member:tmall")).toMatchObject({ mostPerPerson: 1 });
  // Going back is looked at before it is done, too.
  await button("恢复默认").click();
  await page.getByText("恢复到默认规则会怎样").waitFor();
  await button("保存规则").click();
  await expect
    .poll(async () => (await house.call<IdentityRules>("GET", `${path}/identity/rules`)).body.changed)
    .toEqual([]);
});

test("what the rules held back is answered side by side", async () => {
  await page.goto(`${house.url}/w/sapling/families/review`);
  await page.getByText("合在一起").waitFor();
  await button("是同一个人，合并").click();
  await page.getByText("没有要复核的").waitFor();
  const other = await idOf("u-2");
  await expect.poll(() => idOf("u-1")).toBe(other);
});
