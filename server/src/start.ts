import { join } from "node:path";
import { runServer } from "./platform/server.ts";

// The rooms are read when they are needed: on a first start a process of its own is first, and may have both cores.
const read = () => import("./main.ts");
await runServer({
  env: process.env,
  entry: import.meta.filename,
  consoleDir: join(import.meta.dirname, "../../console/dist"),
  build: async (ground) => (await read()).buildApp(ground),
  read,
});
