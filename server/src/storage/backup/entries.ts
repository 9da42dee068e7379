import type { Readable } from "node:stream";
import type { Pack } from "tar-stream";

/** Puts entries into a tar, each as fast as its reader takes it; fails when he goes away, or takes nothing for too long. */
export interface Entries {
  add(name: string, body: Buffer): Promise<void>;
  addFile(name: string, size: number, body: Readable): Promise<void>;
  bytes(): number;
}

export function entriesOf(tar: Pack, patienceMs: number): Entries {
  let bytes = 0;
  const taken = (begin: (done: (error?: Error | null) => void, goesOn: () => void) => void) =>
    new Promise<void>((resolve, reject) => {
      const settle = (error?: Error | null) => {
        clearTimeout(timer);
        tar.off("error", settle);
        tar.off("close", gone);
        if (error) reject(error);
        else resolve();
      };
      const gone = () => settle(new Error("the backup's reader went away"));
      const timer = setTimeout(() => settle(new Error("the backup's reader takes nothing")), patienceMs);
      tar.once("error", settle);
      tar.once("close", gone);
      if (tar.destroyed) gone();
      else begin(settle, () => timer.refresh());
    });
  return {
    add(name, body) {
      bytes += body.length;
      return taken((done) => tar.entry({ name, mode: 0o600 }, body, done));
    },
    async addFile(name, size, body) {
      try {
        await taken((done, goesOn) => {
          const into = tar.entry({ name, size, mode: 0o600 }, done);
          // Given up in the midst of a file, the entry fails as well as the tar; unheard, that would end the process.
          into.on("error", done);
          body.on("error", done).on("data", goesOn).pipe(into);
        });
        bytes += size;
      } finally {
        body.destroy();
      }
    },
    bytes: () => bytes,
  };
}
