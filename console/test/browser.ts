import { type Browser, chromium } from "playwright-core";
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
  return chromium.launch({ executablePath, args: quiet });
}
