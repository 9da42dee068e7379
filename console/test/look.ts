// Takes screenshots of pages while working on them: node test/look.ts FOLDER PATH… [--en|--both] [--dark] [--narrow|--widths] [--at=URL --link=SIGN-IN-LINK]
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { openBrowser } from "./browser.ts";
import { startFixtures } from "./fixture-server.ts";

const [folder = "../out/look", ...rest] = process.argv.slice(2);
const flags = rest.filter((one) => one.startsWith("--"));
const paths = rest.filter((one) => !one.startsWith("--"));
const value = (name: string) => flags.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3);
const real = value("at");
const fixtures = real === undefined ? await startFixtures(join(import.meta.dirname, "../dist")) : null;
const url = real ?? fixtures?.url ?? "";
const dark = flags.includes("--dark");
const browser = await openBrowser();
await mkdir(folder, { recursive: true });
for (const language of flags.includes("--both")
  ? ["zh-CN", "en"]
  : [flags.includes("--en") ? "en" : "zh-CN"]) {
  for (const width of flags.includes("--widths") ? [1440, 390] : [flags.includes("--narrow") ? 390 : 1440]) {
    const localStorage = [
      { name: "stork.language", value: language },
      { name: "stork.look", value: dark ? "dark" : "light" },
    ];
    const context = await browser.newContext({
      viewport: { width, height: width === 390 ? 844 : 900 },
      timezoneId: "Asia/Shanghai",
      locale: language,
      reducedMotion: "reduce",
      storageState: value("state") ?? { cookies: [], origins: [{ origin: url, localStorage }] },
    });
    if (fixtures !== null) await context.addCookies([{ name: "fixture", value: "in", url }]);
    const page = await context.newPage();
    if (fixtures !== null) await page.clock.setFixedTime("2026-11-21T10:30:00Z");
    page.on(
      "console",
      (message) =>
        ["error", "warning"].includes(message.type()) &&
        process.stderr.write(`${message.type()}: ${message.text()}\n`),
    );
    page.on("pageerror", (error) => process.stderr.write(`page error: ${error.stack}\n`));
    for (const path of paths) {
      await page.goto(url + path);
      await page.waitForTimeout(fixtures === null ? 4000 : 1500);
      const name = `${path.replaceAll(/[^\w]+/g, "-").slice(0, 60)}.${language}.${width}${dark ? ".dark" : ""}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: true });
      const overflow = await page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
      process.stdout.write(`${name} overflow ${overflow}\n`);
    }
    await context.close();
  }
}
await browser.close();
await fixtures?.close();
