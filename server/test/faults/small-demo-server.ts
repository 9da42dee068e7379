import { demo } from "../../src/demo/demo.ts";
import { buildApp } from "../../src/main.ts";
import { runServer } from "../../src/platform/server.ts";

// The server as it is, but for the size of its demo: what is tried is how its making ends, and how it is gone on with.
demo.families = 800;

await runServer({ env: process.env, entry: import.meta.filename, consoleDir: null, build: buildApp });
