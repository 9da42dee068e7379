import { readFileSync } from "node:fs";

// The server as it is on a machine whose clock jumps: SIGUSR2 reads by how far from a file. Everything in the process
// sees it, as it would; only the engine of the state, a process of its own, keeps the machine's time.
const file = process.env["STORK_TEST_CLOCK_FILE"] ?? "";
let shift = 0;
process.on("SIGUSR2", () => {
  shift = Number(readFileSync(file, "utf8"));
});

const Machine = Date;
globalThis.Date = new Proxy(Machine, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [Machine.now() + shift] : given, made),
  apply: () => new Machine(Machine.now() + shift).toString(),
  get: (target, key, receiver) =>
    key === "now" ? () => Machine.now() + shift : Reflect.get(target, key, receiver),
});

const { buildApp } = await import("../../src/main.ts");
const { runServer } = await import("../../src/platform/server.ts");
await runServer({ env: process.env, consoleDir: null, build: buildApp });
