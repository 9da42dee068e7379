import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBrowser } from "./browser.ts";
import { type Fixtures, startFixtures } from "./fixture-server.ts";

const out = join(import.meta.dirname, "../../out/screens");
/** Pictures of every page, in both languages and widths, are for people to look at: STORK_SCREENS=1 npm test. */
const all = process.env["STORK_SCREENS"] === "1";
const frozen = "2026-11-21T10:30:00Z";

/** Every page, by the name of its picture. */
const pages: Record<string, string> = {
  overview: "/w/demo?compare=year",
  families: "/w/demo/families?stage=3-6",
  family: "/w/demo/families/10001",
  "family-silent": "/w/demo/families/10002",
  "family-silence": "/w/demo/families/10002/silences/7",
  "family-identity": "/w/demo/families/10001/identity",
  "identity-review": "/w/demo/families/review",
  "identity-review-none": "/w/empty/families/review",
  "identity-rules": "/w/demo/families/rules",
  linking: "/w/demo/families/linking",
  "linking-none": "/w/empty/families/linking",
  rights: "/w/demo/rights",
  "rights-none": "/w/empty/rights",
  "consent-texts": "/w/demo/rights/texts",
  "consent-words": "/w/demo/rights/texts?who=marketing.1",
  "turned-14": "/w/demo/rights/turned-14",
  "turned-14-answered": "/w/demo/rights/turned-14?show=answered",
  "turned-14-none": "/w/empty/rights/turned-14",
  silences: "/w/demo/rights/silences",
  "silences-none": "/w/empty/rights/silences",
  segments: "/w/demo/segments",
  segment: "/w/demo/segments/s1",
  builder: "/w/demo/segments/s2/edit",
  exports: "/w/demo/exports",
  "exports-none": "/w/empty/exports",
  campaigns: "/w/demo/campaigns",
  "campaign-draft": "/w/demo/campaigns/k3",
  "campaign-running": "/w/demo/campaigns/k1",
  "campaign-report": "/w/demo/campaigns/k2",
  "campaign-editor": "/w/demo/campaigns/k3/edit",
  imports: "/w/demo/data/imports",
  "import-new": "/w/demo/data/imports/new",
  "import-decision": "/w/demo/data/imports/i2",
  "import-done": "/w/demo/data/imports/i1",
  "import-running": "/w/demo/data/imports/i3",
  sources: "/w/demo/data/sources",
  source: "/w/demo/data/sources/src4",
  "source-waiting": "/w/demo/data/sources/src2",
  "source-devices": "/w/demo/data/sources/src5",
  "source-new": "/w/demo/data/sources/new?kind=mqtt",
  quarantine: "/w/demo/data/quarantine",
  "quarantine-item": "/w/demo/data/quarantine?item=q1",
  quality: "/w/demo/data/quality",
  "quality-alert": "/w/demo/data/quality/alerts/a1",
  "quality-source": "/w/demo/data/quality/sources/4",
  "quality-indicators": "/w/demo/data/quality?view=indicators",
  "quality-card": "/w/demo/data/quality?view=card",
  "quality-suppliers": "/w/demo/data/quality?view=suppliers",
  "quality-told": "/w/demo/data/quality?view=notifications",
  dictionary: "/w/demo/data/dictionary",
  "dictionary-tasks": "/w/demo/data/dictionary?view=tasks",
  "dictionary-lineage": "/w/demo/data/dictionary?view=lineage",
  "dictionary-entry": "/w/demo/data/dictionary/entry?id=property%3AOrder%20Completed%2Ftotal",
  storage: "/w/demo/data/storage",
  "settings-workspace": "/w/demo/settings",
  "settings-members": "/w/demo/settings/members",
  "settings-channels": "/w/demo/settings/channels",
  "settings-webhooks": "/w/demo/settings/webhooks",
  "settings-webhooks-none": "/w/empty/settings/webhooks",
  webhook: "/w/demo/settings/webhooks/1",
  "webhook-paused": "/w/demo/settings/webhooks/3?state=waiting",
  "webhook-delivery": "/w/demo/settings/webhooks/1?delivery=msg_004YpKxQm7dTn4aBcLwE8sHfRj",
  "settings-keys": "/w/demo/settings/keys",
  "settings-data-keys": "/w/demo/settings/data-keys",
  "settings-me": "/w/demo/settings/me",
};
const rooms = [
  "",
  "/families",
  "/segments",
  "/campaigns",
  "/data/imports",
  "/data/sources",
  "/data/quarantine",
  "/data/quality",
  "/data/dictionary",
  "/data/storage",
  "/rights",
  "/rights/texts",
  "/rights/turned-14",
  "/rights/silences",
];
/** Those whose first visit has nothing to show but how to begin. */
const taught = rooms.filter(
  (room) => !["/data/storage", "/rights/texts", "/rights/turned-14", "/rights/silences"].includes(room),
);

let fixtures: Fixtures;
let browser: Browser;

beforeAll(async () => {
  fixtures = await startFixtures(join(import.meta.dirname, "../dist"));
  browser = await openBrowser();
  await mkdir(out, { recursive: true });
});
afterAll(async () => {
  await browser?.close();
  await fixtures?.close();
});

interface Look {
  language?: "zh-CN" | "en";
  width?: number;
  dark?: boolean;
  signedIn?: boolean;
}

async function open({
  language = "zh-CN",
  width = 1440,
  dark = false,
  signedIn = true,
}: Look = {}): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const localStorage = [
    { name: "stork.language", value: language },
    { name: "stork.look", value: dark ? "dark" : "light" },
  ];
  const context = await browser.newContext({
    viewport: { width, height: width < 768 ? 844 : 900 },
    locale: language,
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    storageState: { cookies: [], origins: [{ origin: fixtures.url, localStorage }] },
  });
  if (signedIn) await context.addCookies([{ name: "fixture", value: "in", url: fixtures.url }]);
  const page = await context.newPage();
  await page.clock.setFixedTime(frozen);
  const troubles: string[] = [];
  page.on("console", (message) => {
    // The browser itself reports refused requests; what the page makes of them is looked at below.
    // The message's preview runs no script, not even the one by which the test stands the clock still.
    const ours =
      !message.text().startsWith("Failed to load resource") &&
      !message.text().startsWith("Blocked script execution in 'about:srcdoc'");
    if (message.type() === "error" && ours) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  return { context, page, troubles };
}

async function settle(page: Page): Promise<void> {
  await page.waitForSelector("h1, [role=alert], .state");
  await page.waitForFunction("document.querySelector('[aria-busy=true]') === null", undefined, {
    timeout: 10_000,
  });
  await page.waitForTimeout(150);
}

/** What axe finds; the preview of a message is sandboxed, so axe must not wait for an answer from within it. */
const serious = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ iframes: false })
    .analyze();
  return violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .flatMap((one) =>
      one.nodes.map(
        (node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split("\n")[1] ?? ""}`,
      ),
    );
};

/** A text that is still a key of the message files, or has a blank that nothing was put into. */
const rawKeys = (text: string) =>
  text.match(
    /\b(?:ui|shell|overview|families|segments|campaigns|data|imports|sources|quarantine|quality|dictionary|storage|settings|webhooks|exports|rights|identity|privacy|children|linking)\.[a-z][\w.-]+|(?<!\{)\{\{?(?:count|rows|date|left|ago|version|percent)\}\}?(?!\})/g,
  ) ?? [];

/** Goes to an address within the page, as a click on a link does. */
async function go(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate", { state: null }))`,
  );
  await settle(page);
}

const everyPage = Object.keys(pages);
const keyPages = [
  "overview",
  "families",
  "family",
  "builder",
  "campaign-report",
  "campaign-editor",
  "import-decision",
  "source",
  "source-new",
  "import-done",
  "quality-alert",
  "dictionary-lineage",
  "storage",
];

describe.each([
  { language: "zh-CN", width: 1440, dark: false, axe: true, names: everyPage },
  { language: "zh-CN", width: 390, dark: false, axe: all, names: everyPage },
  // English is longer: what fits the narrow window fits the wide one, as a rule.
  { language: "en", width: 1440, dark: false, axe: false, names: all ? everyPage : keyPages },
  { language: "en", width: 390, dark: false, axe: false, names: everyPage },
  { language: "zh-CN", width: 1440, dark: true, axe: true, names: keyPages },
  { language: "en", width: 390, dark: true, axe: false, names: all ? keyPages : ["overview"] },
] as const)("in $language at $width, dark: $dark", ({ axe, names, ...look }) => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open(look);
    await opened.page.goto(`${fixtures.url}/w/demo/settings`);
    await settle(opened.page);
  });
  afterAll(async () => {
    expect(opened.troubles).toEqual([]);
    await opened.context.close();
  });

  test.each(names)("%s fits, is in one language, and is accessible", async (name) => {
    const { page } = opened;
    await go(page, pages[name]!);
    expect(await page.getByText(/这个页面不存在|There is no such page/).count(), "is there").toBe(0);
    if (all) {
      await page.screenshot({
        path: join(out, `${name}.${look.language}.${look.width}${look.dark ? ".dark" : ""}.png`),
        fullPage: true,
      });
    }
    expect(
      await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"),
      "wider than the window by",
    ).toBeLessThanOrEqual(0);
    expect(rawKeys((await page.locator("body").textContent()) ?? "")).toEqual([]);
    if (axe) expect(await serious(page)).toEqual([]);
  });
});

test("a workspace without data teaches how to begin", async () => {
  const { context, page, troubles } = await open();
  for (const room of taught) {
    await page.goto(`${fixtures.url}/w/empty${room}`);
    await settle(page);
    await page.screenshot({ path: join(out, `empty${room.replaceAll("/", "-")}.png`) });
    expect(await page.locator(".state h2").count(), room).toBe(1);
    expect(await page.locator(".state button, .page-actions button").count(), room).toBeGreaterThan(0);
  }
  expect(troubles).toEqual([]);
  await context.close();
});

test("while the server is silent, the page has its final shape", async () => {
  const { context, page } = await open();
  for (const room of rooms) {
    await page.goto(`${fixtures.url}/w/slow${room}`);
    await page.waitForSelector("h1");
    await page.waitForSelector("[aria-busy=true]");
    await page.screenshot({ path: join(out, `loading${room.replaceAll("/", "-")}.png`) });
    expect(await page.locator(".ant-spin").count(), room).toBe(0);
  }
  await context.close();
});

test("a failure is told in three parts, with a way to try again", async () => {
  const { context, page } = await open();
  for (const room of rooms) {
    await page.goto(`${fixtures.url}/w/broken${room}`);
    const alert = page.getByRole("alert").first();
    await alert.waitFor();
    await page.screenshot({ path: join(out, `error${room.replaceAll("/", "-")}.png`) });
    expect(await alert.innerText(), room).toMatch(
      /服务器没有完成这个请求[\s\S]*数据引擎没有回答[\s\S]*稍后重试[\s\S]*server\/unexpected/,
    );
    expect(await alert.getByRole("button", { name: "重试" }).count(), room).toBe(1);
  }
  await context.close();
});

test("a viewer is offered nothing that the server would refuse", async () => {
  const { context, page } = await open();
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
    await page.goto(`${fixtures.url}/w/viewer${path}`);
    await settle(page);
    const offered = await page.locator("main .ant-btn-primary, main .ant-btn-dangerous").allInnerTexts();
    expect(offered, path).toEqual([]);
  }
  await page.goto(`${fixtures.url}/w/viewer/segments/new`);
  await page.getByText("你的角色不能查看这个页面").waitFor();
  await context.close();
});

test("an expired session leads to the sign-in page and back to where one was", async () => {
  const { context, page } = await open();
  await page.goto(`${fixtures.url}/w/demo/families?stage=6-12`);
  await settle(page);
  await context.clearCookies();
  await page.getByRole("button", { name: "孕中期" }).click();
  await page.waitForURL(/\/sign-in\?to=/);
  await page.getByRole("heading", { name: "登录" }).waitFor();
  await page.screenshot({ path: join(out, "sign-in.png") });
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
  const { context, page } = await open();
  await page.goto(`${fixtures.url}/w/demo`);
  await settle(page);
  await page.keyboard.press("Control+k");
  await page.keyboard.type("人群");
  await page.getByRole("option", { name: "人群" }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/segments/);
  await settle(page);
  await page.locator(".row-link").first().focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/segments\/s1/);
  await page.goto(`${fixtures.url}/w/demo`);
  await settle(page);
  await page.keyboard.press("Tab");
  const focused = await page.evaluate("document.activeElement.textContent");
  expect(focused).toContain("跳到正文");
  await context.close();
});

test("the addresses that imports and sources had lead to the data room", async () => {
  const { context, page } = await open();
  await page.goto(`${fixtures.url}/w/demo/imports/new?preset=orders`);
  await page.waitForURL(/\/data\/imports\/new\?preset=orders/);
  await page.goto(`${fixtures.url}/w/demo/data`);
  await page.waitForURL(/\/data\/sources$/);
  await context.close();
});

test("a stage of the overview opens its families; the filter is in the address", async () => {
  const { context, page } = await open();
  await page.goto(`${fixtures.url}/w/demo`);
  await settle(page);
  await page.getByRole("button", { name: "家庭在哪个阶段？: 表格" }).click();
  await page.getByRole("link", { name: "3–6 月" }).click();
  await page.waitForURL(/families\?stage=3-6/);
  await settle(page);
  expect(await page.getByRole("button", { name: "3–6 月" }).getAttribute("aria-pressed")).toBe("true");
  await context.close();
});
