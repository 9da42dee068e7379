import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import type { Source } from "@stork/contract/sources.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pause } from "../sender.ts";
import { ask, ownerKey, type ServerProcess, startServer } from "../server-process.ts";
import { type Shot, shots } from "./shots.ts";
import { usedFolder } from "./used-folder.ts";

/** STORK_FUZZ=100000 for the long run. */
const bodies = Number(process.env["STORK_FUZZ"] ?? 1_500);
const minute = 60_000;
const seed = 20_261_122;
/** More than come in one commit together: a commit costs the same for one request and for many. */
const atOnce = 128;
const brands = 4;
/** Longer than a busy machine takes; who is told to come again for longer than this is not served. */
const patienceMs = 120_000;

/** What it answers in the end: told to come again by a server that is busy, one comes again. */
async function patiently(url: string, agent: Agent, shot: Shot): Promise<{ status: number; text: string }> {
  for (let waitedMs = 0; ; waitedMs += 500) {
    const answer = await fire(url, agent, shot);
    if ((answer.status !== 429 && answer.status !== 503) || waitedMs > patienceMs) return answer;
    await pause(500);
  }
}

/** The answer's status and text. */
function fire(
  url: string,
  agent: Agent,
  { method, path, headers, body }: Shot,
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url + path,
      { method, agent, headers: { ...headers, "content-length": body.length } },
      (answer) => {
        let said = "";
        answer.on("data", (chunk: Buffer) => {
          said += chunk.toString("latin1");
        });
        answer.once("end", () => resolve({ status: answer.statusCode ?? 0, text: said }));
        answer.once("error", reject);
      },
    );
    sent.once("error", reject);
    sent.end(method === "GET" ? undefined : body);
  });
}

const residentMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

interface Held {
  /** What the program holds of its own: objects that something still leads to, and buffers. */
  ownMb: number;
  /** All of the process, engine included, with room that allocators keep for the next time. */
  residentMb: number;
}

/** What is left when everything that is not needed has been let go of (letting-go-server.ts). */
async function held(server: ServerProcess): Promise<Held> {
  const said = () => server.output().match(/^held \d+$/gm) ?? [];
  const before = said().length;
  server.kill("SIGUSR2");
  while (said().length === before) await pause(20);
  // Pages are given back in the background.
  const resident: number[] = [];
  for (let look = 0; look < 5; look += 1) {
    await pause(40);
    resident.push(residentMb(server.pid));
  }
  return { ownMb: Number(said().at(-1)?.slice(5)) / 1024, residentMb: Math.min(...resident) };
}

test(
  `${bodies} bodies of every kind of wrong: no answer of 5xx, no crash, no growth`,
  async () => {
    const folder = await usedFolder();
    // A heap that may grow to gigabytes is let grow when the machine is busy, and its pages are kept for the next time.
    const heap = { NODE_OPTIONS: "--max-old-space-size=192" };
    const server = startServer(folder.dir, heap, "server/test/faults/letting-go-server.ts");
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    try {
      const url = await server.ready;
      const paths = Array.from({ length: brands }, (_, i) => `/api/v1/workspaces/fuzz-${i}`);
      for (const path of paths) {
        const slug = path.split("/").at(-1);
        await ask(url, "POST", "/api/v1/workspaces", { slug, name: slug });
      }
      const source = await ask<Source>(url, "POST", `${paths[0]}/sources`, { kind: "http", name: "fuzz" });
      const arbitrary = shots(source.writeKey, paths, ownerKey);
      const bad: { status: number; text: string; shot: string }[] = [];
      const statuses = new Map<number, number>();
      const memory: Held[] = [];
      const rounds = 20;
      for (let round = 0; round < rounds; round += 1) {
        const some = fc.sample(arbitrary, { numRuns: Math.ceil(bodies / rounds), seed: seed + round });
        const waiting = some.values();
        const work = async () => {
          for (const shot of waiting) {
            const { status, text } = await patiently(url, agent, shot);
            statuses.set(status, (statuses.get(status) ?? 0) + 1);
            const { method, path: to, body } = shot;
            if (status >= 500)
              bad.push({ status, text, shot: `${method} ${to} ${body.toString("latin1").slice(0, 400)}` });
          }
        };
        await Promise.all(Array.from({ length: atOnce }, work));
        memory.push(await held(server));
      }
      expect(bad.slice(0, 5)).toEqual([]);
      // Both were reached: much was taken, much refused.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(bodies / 4);
      expect(
        [...statuses.keys()].every((status) => [200, 400, 401, 404, 413, 415, 422].includes(status)),
        JSON.stringify([...statuses]),
      ).toBe(true);
      // The first rounds fill caches; after that nothing grows with what was sent.
      const least = (of: keyof Held, from: number, to: number) =>
        Math.min(...memory.slice(from, to).map((one) => one[of]));
      const growth = (of: keyof Held) =>
        least(of, rounds - 6, rounds) - least(of, rounds / 2 - 3, rounds / 2 + 3);
      const byRound = memory.map((one) => `${one.ownMb.toFixed(0)}/${one.residentMb.toFixed(0)}`).join(" ");
      if (bodies >= 10_000) process.stdout.write(`own/resident MB by round: ${byRound}\n`);
      expect(growth("ownMb"), `own/resident MB by round: ${byRound}`).toBeLessThan(15);
      expect(growth("residentMb"), `own/resident MB by round: ${byRound}`).toBeLessThan(60);
      // Not a job either: what one sender sends must not stop what is done for all. Who was told to come again, came.
      const failed = server
        .output()
        .split("\n")
        .filter((line) => /"level":[56]0|uncaught|unhandled/i.test(line))
        .filter((line) => !line.includes("collect-not-committed"));
      expect(failed.slice(0, 5)).toEqual([]);
      expect(((await ask(url, "GET", "/api/v1/health")) as unknown as { status: string }).status).toBe("ok");
    } finally {
      agent.destroy();
      server.kill("SIGKILL");
      await server.ended;
      folder.remove();
    }
  },
  Math.max(10, bodies / 500) * minute,
);
