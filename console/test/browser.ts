import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "../../tools/chromium.mjs";

const quiet = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** A headless Chromium that calls nobody. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === undefined) throw new Error("no Chromium was found; give its path in STORK_CHROMIUM");
  return chromium.launch({ executablePath, args: quiet, timeout: 120_000 });
}

/** How long a page is waited for before it counts as one that never comes: the machine may be small and busy. */
export const patienceMs = 60_000;

export interface Look {
  language?: "zh-CN" | "en";
  width?: number;
  dark?: boolean;
  /** The instant at which the page's clock stands; it goes when none is given. */
  now?: string;
}

/** A visitor of this address, with her language, her look and the width of her window. */
export async function openPage(
  browser: Browser,
  url: string,
  { language = "zh-CN", width = 1440, dark = false, now }: Look = {},
): Promise<{ context: BrowserContext; page: Page }> {
  const localStorage = [
    { name: "stork.language", value: language },
    { name: "stork.look", value: dark ? "dark" : "light" },
  ];
  const context = await browser.newContext({
    viewport: sizeOf(width),
    locale: language,
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    storageState: { cookies: [], origins: [{ origin: url, localStorage }] },
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  if (now !== undefined) await page.clock.setFixedTime(now);
  return { context, page };
}

/** A window of this width, as high as such windows are. */
export const sizeOf = (width: number) => ({ width, height: width < 768 ? 844 : 900 });

/** Takes pictures of a page into a folder under out/, for people to look at. */
export async function pictures(name: string): Promise<(page: Page, as: string) => Promise<void>> {
  const folder = join(import.meta.dirname, "../../out", name);
  await mkdir(folder, { recursive: true });
  return async (page, as) =>
    void (await page.screenshot({ path: join(folder, `${as}.png`), fullPage: true }));
}
