import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serious } from "./accessible.ts";
import { patienceMs, pictures, sizeOf } from "./browser.ts";
import { type FixtureHouse, fixtureHouse, type Visit } from "./fixture-visit.ts";
import { pages } from "./pages.ts";

/** Pictures of every page, in both languages and widths, are for people to look at: STORK_SCREENS=1 npm test. */
const all = process.env["STORK_SCREENS"] === "1";

let house: FixtureHouse;
beforeAll(async () => {
  house = await fixtureHouse();
});
afterAll(() => house?.close());

/** A text that is still a key of the message files, or has a blank that nothing was put into. */
const rawKeys = (text: string) =>
  text.match(
    /\b(?:ui|shell|overview|families|segments|campaigns|data|imports|sources|quarantine|quality|dictionary|storage|settings|webhooks|exports|rights|identity|privacy|children|linking|journeys)\.[a-z][\w.-]+|(?<!\{)\{\{?(?:count|rows|date|left|ago|version|percent)\}\}?(?!\})/g,
  ) ?? [];

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

// A page is opened in the narrow window, where fitting is hard, and then has to make use of the wide one.
describe.each([
  { language: "zh-CN", dark: false, names: everyPage, wide: everyPage, axe: "wide" },
  // English is longer: what fits the narrow window fits the wide one, as a rule.
  { language: "en", dark: false, names: everyPage, wide: all ? everyPage : keyPages, axe: "none" },
  { language: "zh-CN", dark: true, names: keyPages, wide: keyPages, axe: "wide" },
  { language: "en", dark: true, names: all ? keyPages : ["overview"], wide: [], axe: "none" },
] as const)("in $language, dark: $dark", ({ language, dark, names, wide, axe }) => {
  let visit: Visit;
  let take: Awaited<ReturnType<typeof pictures>>;
  beforeAll(async () => {
    take = await pictures("screens");
    visit = await house.open({ language, dark, width: 390 });
    await visit.page.goto(`${house.url}/w/demo/settings`);
    await visit.settle();
  });
  afterAll(async () => {
    expect(visit.troubles).toEqual([]);
    await visit.context.close();
  });

  /** Nothing is wider than the window, no matter when it was drawn. */
  async function fits(name: string, width: number): Promise<void> {
    const { page } = visit;
    const tooWide = () =>
      page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    await expect
      .poll(tooWide, { timeout: patienceMs, message: `wider than ${width} by` })
      .toBeLessThanOrEqual(0);
    expect(rawKeys((await page.locator("body").textContent()) ?? "")).toEqual([]);
    if (all) await take(page, `${name}.${language}.${width}${dark ? ".dark" : ""}`);
  }

  test.each(names)("%s fits, is in one language, and is accessible", async (name) => {
    const { page } = visit;
    await page.setViewportSize(sizeOf(390));
    await visit.go(pages[name]!);
    expect(await page.getByText(/这个页面不存在|There is no such page/).count(), "is there").toBe(0);
    await fits(name, 390);
    if (all && axe === "wide") expect(await serious(page)).toEqual([]);
    if (!(wide as readonly string[]).includes(name)) return;
    await page.setViewportSize(sizeOf(1440));
    await visit.settle();
    await fits(name, 1440);
    if (axe === "wide") expect(await serious(page)).toEqual([]);
  });
});
