import { afterEach } from "vitest";
import { dataFolder, type ServerProcess, startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

export interface OwnServers {
  start(dir: string, env?: NodeJS.ProcessEnv, entry?: string): ServerProcess;
  /** For a server that starts for the first time. */
  newFolder(): string;
  /** As a server left it that was started and stopped before. */
  folder(): Promise<string>;
}

/** Servers and folders that are gone after each test of a file. */
export function ownServers(): OwnServers {
  const started: ServerProcess[] = [];
  const folders: ReturnType<typeof dataFolder>[] = [];
  const kept = (folder: ReturnType<typeof dataFolder>): string => {
    folders.push(folder);
    return folder.dir;
  };
  afterEach(async () => {
    for (const server of started.splice(0)) {
      server.kill("SIGKILL");
      await server.ended;
    }
    for (const { remove } of folders.splice(0)) remove();
  });
  return {
    start(dir, env = {}, entry) {
      const server = startServer(dir, env, entry);
      started.push(server);
      return server;
    },
    newFolder: () => kept(dataFolder()),
    folder: async () => kept(await usedFolder()),
  };
}

export const healthOf = (url: string): Promise<{ status: string }> =>
  fetch(`${url}/api/v1/health`).then((answer) => answer.json() as never);
