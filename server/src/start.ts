import { join } from "node:path";
import { runServer } from "./platform/server.ts";

// The rooms are read beside what would only be waited for: the engines, or the process that makes the first data.
const read = () => import("./main.ts");
await runServer({
  env: process.env,
  entry: import.meta.filename,
  consoleDir: join(import.meta.dirname, "../../console/dist"),
  build: async (ground) => (await read()).buildApp(ground),
  read,
});
