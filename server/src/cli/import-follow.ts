import { setTimeout as sleep } from "node:timers/promises";
import type { Import } from "@stork/contract/imports.ts";
import { Trouble } from "../platform/trouble.ts";
import { type Api, ApiTrouble } from "./api.ts";
import type { Voice } from "./command.ts";
import { grouped, waitingFor } from "./import-words.ts";
import { tellUndoing } from "./undo-progress.ts";

/** A server that was killed is soon there again, under another key, and goes on with the import by itself. */
const patienceMs = 120_000;

/** Stays with an import, telling how far it is, until it has ended and everything that was being written is counted. */
export async function followImport(
  { server, running }: { server: Api; running: () => Api | null },
  path: string,
  voice: Voice,
): Promise<Import> {
  let silentSince: number | null = null;
  for (;;) {
    const now = await server.call<Import>("GET", path).catch((error: unknown) => {
      // What the server says is said; where nothing answers, or one that does not know us, it was started anew.
      if (error instanceof ApiTrouble && error.code !== "access/unknown-key") throw error;
      return null;
    });
    if (now === null) {
      server = running() ?? server;
      silentSince ??= performance.now();
      if (performance.now() - silentSince > patienceMs)
        throw new Trouble(
          "服务没有应答。它再次启动后会从断点继续导入；进度见控制台「导入」。",
          "The server does not answer. Once it runs again the import goes on where it stopped; see Imports in the console.",
        );
      await sleep(1_000);
      continue;
    }
    silentSince = null;
    tell(now, voice);
    if (!isUnderWay(now)) return now;
    await sleep(200);
  }
}

/** Rows that were being written as somebody stopped it count too, a moment later. */
const isUnderWay = ({ status, settling }: Import): boolean =>
  status === "waiting" || status === "running" || status === "undoing" || settling === true;

function tell(now: Import, voice: Voice): void {
  if (now.status === "undoing" || now.status === "undone") tellUndoing(now, voice);
  else voice.progress("导入 import", now.bytesRead, now.bytesTotal, paceOf(now));
}

function paceOf({ rows, rowsPerSecond, secondsLeft, readingAgain, waitsFor }: Import): string {
  if (waitsFor) return waitingFor(waitsFor);
  const said = rows > 0 ? [`${grouped(rows)} 行 rows`] : [];
  if (readingAgain)
    said.push(
      `接着做：重读到第 ${grouped(readingAgain.rows)} / ${grouped(readingAgain.of)} 行 reading again`,
    );
  if (rowsPerSecond !== null) said.push(`${grouped(rowsPerSecond)}/s`);
  if (secondsLeft !== null)
    said.push(`剩 left ${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`);
  return said.join("  ");
}
