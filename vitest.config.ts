import { defineConfig } from "vitest/config";
import { findChromium } from "./tools/chromium.mjs";

// One time zone and one language for every test, whatever the machine's.
process.env.TZ = "UTC";
process.env.LANG = "C.UTF-8";

const chromium = findChromium(process.env);
const elsewhere = ["**/node_modules/**", "**/dist/**"];
const workspaces = "{contract,models,town,server,console,bench,tools}";
const db = `${workspaces}/**/*.db.test.ts`;
const stories = "server/test/{stories,faults,regressions}/**/*.test.ts";
const browser = "console/test/**/*.browser.test.ts";

const seconds = (n: number) => n * 1000;

const projects = [
  {
    extends: true as const,
    test: {
      name: "pure",
      include: [`${workspaces}/**/*.test.{ts,tsx}`],
      exclude: [...elsewhere, db, stories, browser],
      testTimeout: seconds(20),
    },
  },
  {
    extends: true as const,
    test: {
      name: "db",
      globalSetup: ["server/test/global-setup.ts"],
      include: [db],
      exclude: [...elsewhere, stories],
      testTimeout: seconds(60),
      hookTimeout: seconds(90),
    },
  },
  {
    extends: true as const,
    test: {
      name: "stories",
      globalSetup: ["server/test/global-setup.ts"],
      include: [stories],
      exclude: elsewhere,
      testTimeout: seconds(180),
      hookTimeout: seconds(120),
    },
  },
  {
    extends: true as const,
    test: {
      name: "browser",
      globalSetup: ["server/test/global-setup.ts"],
      include: [browser],
      exclude: elsewhere,
      testTimeout: seconds(180),
      hookTimeout: seconds(180),
    },
  },
];

export default defineConfig({
  test: {
    // A process per file: one process holds one chDB data directory, and a killed engine takes no other test with it.
    pool: "forks",
    isolate: true,
    maxWorkers: 2,
    env: { TZ: "UTC", ...(chromium === undefined ? {} : { STORK_CHROMIUM: chromium }) },
    passWithNoTests: true,
    projects: projects.filter(({ test }) => test.name !== "browser" || chromium !== undefined),
  },
});
