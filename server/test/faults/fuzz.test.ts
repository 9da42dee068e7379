import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import type { Source } from "@stork/contract/sources.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { pause } from "../sender.ts";
import { ask, ownerKey, startServer } from "../server-process.ts";
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

const memoryMb = (pid: number): number => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
};

test(
  `${bodies} bodies of every kind of wrong: no answer of 5xx, no crash, no growth`,
  async () => {
    const folder = await usedFolder();
    const server = startServer(folder.dir);
    const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
    // Memory that is free and not yet given back comes and goes: of each round the least says what is held.
    let least = Number.POSITIVE_INFINITY;
    const looking = setInterval(() => {
      least = Math.min(least, memoryMb(server.pid));
    }, 100);
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
      const memory: number[] = [];
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
        memory.push(Math.min(least, memoryMb(server.pid)));
        least = Number.POSITIVE_INFINITY;
      }
      expect(bad.slice(0, 5)).toEqual([]);
      // Both were reached: much was taken, much refused.
      expect(statuses.get(200) ?? 0).toBeGreaterThan(bodies / 4);
      expect(
        [...statuses.keys()].every((status) => [200, 400, 401, 404, 413, 415, 422].includes(status)),
        JSON.stringify([...statuses]),
      ).toBe(true);
      // The first rounds fill caches; after that nothing grows with what was sent.
      const held = (from: number, to: number) => Math.min(...memory.slice(from, to));
      const growth = held(rounds - 6, rounds) - held(rounds / 2 - 3, rounds / 2 + 3);
      expect(growth, `resident MB by round: ${memory.map(Math.round).join(" ")}`).toBeLessThan(60);
      // Not a job either: what one sender sends must not stop what is done for all. Who was told to come again, came.
      const failed = server
        .output()
        .split("\n")
        .filter((line) => /"level":[56]0|uncaught|unhandled/i.test(line))
        .filter((line) => !line.includes("collect-not-committed"));
      expect(failed.slice(0, 5)).toEqual([]);
      expect(((await ask(url, "GET", "/api/v1/health")) as unknown as { status: string }).status).toBe("ok");
    } finally {
      clearInterval(looking);
      agent.destroy();
      server.kill("SIGKILL");
      await server.ended;
      folder.remove();
    }
  },
  Math.max(10, bodies / 500) * minute,
);
