import { mkdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The files of cold data, under the data folder. The embedded engine reads and writes them itself. */
export interface ColdFiles {
  pathOf(file: string): string;
  /** Makes the folder, and clears away what a kill left of the file. */
  makeRoom(file: string): Promise<void>;
  bytesOf(file: string): Promise<number>;
  remove(file: string): Promise<void>;
}

export function coldFiles(dataDir: string): ColdFiles {
  const pathOf = (file: string): string => join(dataDir, file);
  return {
    pathOf,
    makeRoom: async (file) => {
      await mkdir(dirname(pathOf(file)), { recursive: true, mode: 0o700 });
      await rm(pathOf(file), { force: true });
    },
    bytesOf: async (file) => (await stat(pathOf(file))).size,
    remove: (file) => rm(pathOf(file), { force: true }),
  };
}
