import { buildApp } from "../../src/main.ts";
import { runServer } from "../../src/platform/server.ts";

// The server as it is, but for the time of day: nothing is sent at night, and tests run at any hour.
const shift = Number(process.env["STORK_TEST_CLOCK_SHIFT_MS"] ?? 0);

await runServer({
  env: process.env,
  consoleDir: null,
  build: (ground) => buildApp({ ...ground, clock: { now: () => new Date(Date.now() + shift) } }),
});
