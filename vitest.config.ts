import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { findChromium } from "./tools/chromium.mjs";
import { SlowestFirst } from "./tools/slowest-first.ts";

// One time zone and one language for every test, whatever the machine's.
process.env.TZ = "UTC";
process.env.LANG = "C.UTF-8";
// The fault tests start servers by the dozen: what one has compiled, the next need not compile again.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/compiled");

/** A worker takes up to two gigabytes, with the servers and the browser that it starts. */
const roomyBytes = 12 * 1024 ** 3;

const chromium = findChromium(process.env);
const elsewhere = ["**/node_modules/**", "**/dist/**"];
const workspaces = "{contract,models,town,server,console,bench,tools}";
const db = `${workspaces}/**/*.db.test.ts`;
const stories = "server/test/{stories,regressions}/**/*.test.ts";
const faults = "server/test/faults/**/*.test.ts";
const browser = "console/test/**/*.browser.test.ts";

const seconds = (n: number) => n * 1000;
const engines = "server/test/global-setup.ts";

// These limits only end what hangs. How long something takes is measured by bench/, never held against a test: the
// machine may be small and busy with something else.
const projects = [
  {
    extends: true as const,
    test: {
      name: "pure",
      include: [`${workspaces}/**/*.test.{ts,tsx}`],
      exclude: [...elsewhere, db, stories, faults, browser],
      // They change nothing outside of themselves: what one has read of the program, the next need not read again.
      isolate: false,
      testTimeout: seconds(120),
      hookTimeout: seconds(120),
    },
  },
  {
    extends: true as const,
    test: {
      name: "db",
      globalSetup: [engines],
      include: [db],
      exclude: [...elsewhere, stories],
      testTimeout: seconds(240),
      hookTimeout: seconds(240),
    },
  },
  {
    extends: true as const,
    test: {
      name: "stories",
      globalSetup: [engines],
      include: [stories],
      exclude: elsewhere,
      testTimeout: seconds(300),
      hookTimeout: seconds(300),
    },
  },
  {
    extends: true as const,
    test: {
      name: "faults",
      globalSetup: ["server/test/faults/prepared-data.ts"],
      include: [faults],
      exclude: elsewhere,
      testTimeout: seconds(600),
      hookTimeout: seconds(300),
    },
  },
  {
    extends: true as const,
    test: {
      name: "browser",
      globalSetup: [engines],
      include: [browser],
      exclude: elsewhere,
      testTimeout: seconds(300),
      hookTimeout: seconds(300),
    },
  },
];

export default defineConfig({
  test: {
    // A process per file, but for pure ones: one process holds one chDB data directory, and a killed engine takes no
    // other test with it.
    pool: "forks",
    isolate: true,
    // More than the cores of a small machine: the fault tests wait half of their time for servers to start and end.
    maxWorkers: process.availableMemory() > roomyBytes ? 4 : 3,
    sequence: { sequencer: SlowestFirst },
    // What comes about by itself is waited for this long; a second, as by default, is less than one pause of a busy machine.
    expect: { poll: { timeout: seconds(60), interval: 50 } },
    env: { TZ: "UTC", ...(chromium === undefined ? {} : { STORK_CHROMIUM: chromium }) },
    passWithNoTests: true,
    projects: projects.filter(({ test }) => test.name !== "browser" || chromium !== undefined),
  },
});
