import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { linkIn } from "../../server/test/mail.ts";
import { mailServer } from "../../server/test/messages-world.ts";
import { type WholeApp, wholeApp } from "../../server/test/whole-app.ts";
import { openBrowser, openPage, pictures } from "./browser.ts";
import { familiesArriving } from "./mothers.ts";

/**
 * The loop as its user walks it in a browser, on the whole app: each test is a chapter and starts where the one before
 * it ended.
 */
const root = join(import.meta.dirname, "../..");
const ali = join(root, "../shared/data/ali_mum_baby");
const files = ["tianchi_mum_baby.csv", "tianchi_mum_baby_trade_history.csv"].map((name) => join(ali, name));
const hasAli = files.every((file) => existsSync(file));
/** Noon in Shanghai, when messages may go out. */
const now = "2026-11-21T04:00:00Z";
const mothers = 40;
const password = "a long enough password";

let house: WholeApp;
let post: Awaited<ReturnType<typeof mailServer>>;
let browser: Browser;
let page: Page;
let take: Awaited<ReturnType<typeof pictures>>;

beforeAll(async () => {
  house = await wholeApp({ now, liveJobs: true, consoleDir: join(root, "console/dist") });
  post = await mailServer();
  browser = await openBrowser();
  take = await pictures("loop");
  ({ page } = await openPage(browser, house.url, { now }));
});
afterAll(async () => {
  await browser?.close();
  await post?.close();
  await house?.close();
});

const look = (name: string) => take(page, name);
const button = (name: string | RegExp) => page.getByRole("button", { name });
const room = async (name: string) => {
  await page
    .getByRole("navigation", { name: "页面" })
    .first()
    .getByRole("link", { name, exact: true })
    .click();
  await page.waitForFunction("document.querySelector('main [aria-busy=true]') === null");
};
/** Chooses from one of Ant Design's lists. */
const choose = async (label: string, option: string | RegExp, exact = false) => {
  await page.getByRole("combobox", { name: label, exact }).click();
  await page.locator(".ant-select-item-option").filter({ hasText: option }).first().click();
};

describe("a new house", () => {
  test("the one-time link signs in, once, and the first workspace is made", async () => {
    const link = (await house.app.signInLink()) ?? "";
    await page.goto(link);
    await page.getByRole("heading", { name: "新建工作区" }).waitFor();
    await page.getByLabel("名称").fill("小树苗母婴");
    await page.getByLabel("地址").fill("sapling");
    await button("新建").click();
    await page.waitForURL(/\/w\/sapling$/);
    await page.getByText("还没有数据").waitFor();
    const again = await fetch(link, { redirect: "manual" });
    expect(again.status).toBe(410);
  });

  test("a password is set, and signs in after signing out", async () => {
    await page.goto(`${house.url}/w/sapling/settings/me`);
    await page.getByLabel("新密码").fill(password);
    await button("设置密码").click();
    await page.getByText("密码已设置").waitFor();
    await button(/^账号/).click();
    const email = (await page.locator(".person-card span").first().textContent()) ?? "";
    await page.getByRole("menuitem", { name: "退出登录" }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`${house.url}/w/sapling/data/sources`);
    await page.waitForURL(/\/sign-in\?to=/);
    await page.getByLabel("邮箱").fill(email);
    await page.getByLabel("密码").fill(password);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/w\/sapling\/data\/sources$/);
  });
});

describe("collect", () => {
  test("a source's first event turns the light green", async () => {
    await button("新建数据源").first().click();
    await page.getByText("网站、小程序、App").click();
    await page.getByLabel("名称").fill("小程序");
    await button("新建数据源").click();
    await page.waitForURL(/\/data\/sources\/\d+$/);
    await page.getByText("正在等待第一条").waitFor();
    const key = (await page.locator(".write-key code").textContent()) ?? "";
    await house.collect(key, familiesArriving(mothers, now));
    await page.getByText("已收到数据").waitFor();
    await page.locator(".tail li").first().waitFor();
    await look("source");
  });

  test.skipIf(!hasAli)(
    "the real files are looked at, then imported; the same again adds nothing",
    { timeout: 600_000 },
    async () => {
      for (const round of ["first", "again"] as const) {
        await room("数据");
        await page
          .getByRole("navigation", { name: "数据的各个部分" })
          .getByRole("link", { name: "导入" })
          .click();
        await button("导入文件").first().click();
        await page.locator(".drop input").setInputFiles(files);
        await button("开始导入").waitFor();
        if (round === "first") await look("import-preview");
        await button("开始导入").click();
        await page.waitForURL(/\/data\/imports\/\d+$/);
        await page
          .locator(".title-status")
          .getByText(/已完成|需要你决定/)
          .waitFor({ timeout: 240_000 });
        await look(`import-${round}`);
        const figure = async (name: string) =>
          page.locator(".figures-row li").filter({ hasText: name }).locator("strong").textContent();
        if (round === "first") expect(await page.locator(".facts").first().textContent()).toContain("29,971");
        else expect(await figure("新增")).toBe("0");
      }
    },
  );
});

describe("know", () => {
  test("a family is found by her phone, and shown masked", async () => {
    await room("用户");
    await page.getByRole("textbox", { name: /手机号/ }).fill("13900000007");
    await page.locator(".row-link").first().waitFor();
    await page.waitForFunction("document.querySelectorAll('.row-link').length === 1");
    expect(page.url()).not.toContain("13900000007");
    await page.locator(".row-link").first().click();
    await page.waitForURL(/\/families\/\d+$/);
    await page.getByText("139****0007").first().waitFor();
    await page.getByText("3–6 月").first().waitFor();
    await page.getByText("完成订单").first().waitFor();
    expect(await page.locator("body").textContent()).not.toContain("13900000007");
    await look("family");
    await button("显示原文").click();
    await page.locator(".ant-popconfirm-buttons").getByRole("button", { name: "显示原文" }).click();
    await page.getByText("13900000007").waitFor();
  });
});

describe("decide", () => {
  test("a segment is built while its count follows", async () => {
    await room("人群");
    await button("新建人群").first().click();
    await choose("宝宝的阶段", "3–6 月");
    await page.keyboard.press("Escape");
    await page
      .locator(".count strong")
      .filter({ hasText: String(mothers) })
      .waitFor();
    await button("添加条件").click();
    await page.getByRole("menuitem", { name: "做过什么" }).click();
    await page.locator(".count strong").filter({ hasText: /^20$/ }).waitFor();
    await page.locator(".sentence").filter({ hasText: "完成订单" }).waitFor();
    await look("builder");
    await page.getByLabel("人群名称").fill("3–6 月、买过");
    await button("保存人群").click();
    await page.waitForURL(/\/segments\/\d+$/);
    await page.locator(".row-link").first().waitFor();
    await look("segment");
  });
});

describe("reach and measure", () => {
  test("a channel is added and tried", async () => {
    await page.goto(`${house.url}/w/sapling/settings/channels`);
    await button("添加渠道").first().click();
    const form = page.getByRole("dialog");
    await form.getByLabel("名称").fill("本机邮箱");
    await form.getByLabel("发件人").fill("小树苗 <hello@sapling.test>");
    await form.getByLabel("服务器").fill("127.0.0.1");
    await form.getByLabel("端口").fill(String(post.port));
    await form.getByRole("switch").click();
    await form.getByRole("button", { name: "添加渠道" }).click();
    await page.getByText("本机邮箱 · 邮件").waitFor();
    await button("发一条测试").click();
    await page.getByText("测试已发出").waitFor();
    expect(post.mails.length).toBe(1);
  });

  test("a campaign says what will happen, then goes out through the gate", async () => {
    await room("人群");
    await page.locator(".row-link").first().click();
    await button("向她们发起触达").click();
    await page.getByLabel("活动名称").fill("换段提醒");
    await choose("渠道", "本机邮箱");
    await page.getByLabel("主题").fill("{{ person.nmae }}");
    await button("保存，看看会发生什么").click();
    await page.getByText("person.nmae").first().waitFor();
    await page
      .getByLabel("主题")
      .fill('{{ person.name | default: "您" }}，宝宝 {{ child.ageMonths }} 个月了');
    await page.locator(".mail-head").filter({ hasText: "个月了" }).waitFor();
    await look("editor");
    await button("保存，看看会发生什么").click();
    await page.waitForURL(/\/campaigns\/\d+$/);
    await page.getByText("没有营销授权").waitFor();
    await look("estimate");
    const reachable = Number(await page.locator(".estimate-lead strong").textContent());
    // Of 20 who bought 4 agreed to nothing, and each of the others may be held out, by chance.
    expect(reachable).toBeGreaterThan(3);
    expect(reachable).toBeLessThanOrEqual(16);
    const before = post.mails.length;
    await button("开始发送").click();
    await page.getByRole("dialog").getByRole("button", { name: "开始发送" }).click();
    await page.locator(".title-status").getByText("已完成").waitFor({ timeout: 240_000 });
    expect(post.mails.length - before).toBe(reachable);
    await look("running");
  });

  test("a click and orders later, the report says what it changed", async () => {
    const letter = post.mails.at(-1);
    if (letter === undefined) throw new Error("no mail arrived");
    const clicked = await fetch(house.url + linkIn(letter, "t"), {
      redirect: "manual",
      headers: { "user-agent": "Mozilla/5.0" },
    });
    expect(clicked.status).toBeGreaterThanOrEqual(300);
    await page.getByRole("tab", { name: "效果" }).click();
    await page.locator(".verdict h2").waitFor();
    await page.reload();
    await page
      .locator(".steps li")
      .filter({ hasText: "已点击" })
      .locator("strong")
      .filter({ hasText: /^1$/ })
      .waitFor();
    await look("report");
    await room("概览");
    await page.locator(".tile-value").first().waitFor();
    await look("overview");
  });

  test("a journey is made by the form, which says what is missing, and is started and paused", async () => {
    await page.goto(`${house.url}/w/sapling/campaigns/journeys`);
    await button("新建旅程").first().click();
    await button("保存").click();
    await page.getByText("请给旅程起个名字").waitFor();
    await page.getByLabel("旅程名称").fill("换段后关怀");
    await page.getByText("进入人群", { exact: true }).click();
    await choose("人群", "3–6 月、买过", true);
    await choose("渠道", "本机邮箱");
    await page.getByLabel("主题").fill("还习惯吗？");
    await page.locator(".mail-head").filter({ hasText: "还习惯吗？" }).waitFor();
    await button("加一步").click();
    await page.getByRole("menuitem", { name: "看条件" }).click();
    await button("上移「第 3 步：看条件」").click();
    await page.getByRole("group", { name: "第 2 步：看条件" }).waitFor();
    await look("journey-editor");
    await button("保存").click();
    await page.waitForURL(/\/journeys\/\d+$/);
    // The editor is on its way out until then.
    await page.locator(".title-status").getByText("草稿").waitFor();
    await page.waitForLoadState("networkidle");
    await button("开始").click();
    await page.getByRole("dialog").getByRole("button", { name: "开始" }).click();
    await page.locator(".title-status").getByText("进行中").waitFor();
    await page.getByText(/^20 人在途/).waitFor();
    expect(await page.locator(".journey-steps p:first-child").allTextContents()).toMatchObject(
      [/换段|买过/, "等 1 天，再到 10:00", /完成订单/, /还习惯吗？/].map((text) =>
        typeof text === "string" ? text : expect.stringMatching(text),
      ),
    );
    await button("暂停").click();
    await page.locator(".title-status").getByText("已暂停").waitFor();
    await look("journey");
  });
});
