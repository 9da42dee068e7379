import { join } from "node:path";
import type { Browser, BrowserContext, Page, Request } from "playwright-core";
import { until } from "../../server/test/until.ts";
import { type Look, openBrowser, openPage, patienceMs } from "./browser.ts";
import { startFixtures } from "./fixture-server.ts";

const frozen = "2026-11-21T10:30:00Z";

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the page complained of to its console. */
  troubles: string[];
  /** Goes to an address within the page, as a click on a link does; `silent` when the server will not answer. */
  go(path: string, server?: "answers" | "silent"): Promise<void>;
  /** Waits until everything the page asked for has come and been drawn. */
  settle(): Promise<void>;
}

export interface FixtureHouse {
  url: string;
  open(look?: Look & { signedIn?: boolean }): Promise<Visit>;
  close(): Promise<void>;
}

/** The console before the fixture server, and a browser to visit it with. */
export async function fixtureHouse(): Promise<FixtureHouse> {
  const fixtures = await startFixtures(join(import.meta.dirname, "../dist"));
  const browser = await openBrowser();
  return {
    url: fixtures.url,
    open: (look = {}) => visit(browser, fixtures.url, look),
    async close() {
      await browser.close();
      await fixtures.close();
    },
  };
}

async function visit(
  browser: Browser,
  url: string,
  { signedIn = true, ...look }: Look & { signedIn?: boolean },
): Promise<Visit> {
  const { context, page } = await openPage(browser, url, { now: frozen, ...look });
  if (signedIn) await context.addCookies([{ name: "fixture", value: "in", url }]);
  const drawn = settling(page);
  const settle = () => drawn("answers");
  return {
    ...{ context, page, troubles: troublesOf(page), settle },
    async go(path, server = "answers") {
      await page.evaluate(
        `history.pushState(null, "", ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent("popstate", { state: null }))`,
      );
      await drawn(server);
    },
  };
}

function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on("console", (message) => {
    // The browser itself reports refused requests; what the page makes of them is looked at by the tests.
    // The message's preview runs no script, not even the one by which the test stands the clock still.
    const ours =
      !message.text().startsWith("Failed to load resource") &&
      !message.text().startsWith("Blocked script execution in 'about:srcdoc'");
    if (message.type() === "error" && ours) troubles.push(message.text());
  });
  page.on("pageerror", (error) => troubles.push(String(error)));
  return troubles;
}

/** Code and data that are still under way are waited for, and then the page's own work, which may ask for more. */
function settling(page: Page): (server: "answers" | "silent") => Promise<void> {
  const open = new Set<Request>();
  page.on("request", (request) => open.add(request));
  page.on("requestfinished", (request) => open.delete(request));
  page.on("requestfailed", (request) => open.delete(request));
  return async (server) => {
    await page.waitForSelector("h1, [role=alert], .state");
    const waitsFor = (request: Request) => server === "answers" || !request.url().includes("/api/");
    let calm = 0;
    await until(async () => {
      const busy = await page.evaluate(
        `scheduler.postTask(() => document.querySelectorAll("[aria-busy=true]").length, { priority: "background" })`,
      );
      const shown = server === "silent" || busy === 0;
      calm = shown && ![...open].some(waitsFor) ? calm + 1 : 0;
      return calm === 3;
    }, patienceMs);
  };
}
