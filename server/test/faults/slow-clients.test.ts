import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { createSender, openShop, pause } from "../sender.ts";
import { dataFolder, startServer } from "../server-process.ts";

const connections = Number(process.env["STORK_SLOW_CONNECTIONS"] ?? 60);

const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;

async function raw(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  await once(socket, "connect");
  return socket;
}

test(`${connections} who send a byte at a time, and as many who never read: others are served, memory stays`, {
  timeout: 180_000,
}, async () => {
  const { dir, remove } = dataFolder();
  const server = startServer(dir);
  const sockets: Socket[] = [];
  try {
    const url = await server.ready;
    const source = await openShop(url, "shop");
    const place = { url, writeKey: source.writeKey };
    const head = (length: number) =>
      `POST /v1/batch HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${btoa(`${source.writeKey}:`)}\r\n` +
      `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    const sender = createSender();
    const quick = async () => {
      const began = performance.now();
      expect(await sender.send(place, sender.make())).toBe(200);
      return performance.now() - began;
    };
    for (let i = 0; i < 10; i += 1) await quick();
    const before = residentMb(server.pid);

    const loris = await Promise.all(Array.from({ length: connections }, () => raw(url)));
    sockets.push(...loris);
    // Each promises the largest body there is: a server that kept room for promises would need a gigabyte.
    for (const socket of loris) socket.write(`${head(5_000_000)}{`);
    const drip = setInterval(() => {
      for (const socket of loris) socket.write(" ");
    }, 200);

    const deaf = await Promise.all(Array.from({ length: connections }, () => raw(url)));
    sockets.push(...deaf);
    const one = sender.make().body;
    const request = head(Buffer.byteLength(one)) + one;
    for (const socket of deaf) {
      socket.pause();
      // Many requests on one connection, whose answers are never read.
      for (let i = 0; i < 20; i += 1) if (!socket.write(request)) break;
    }
    const took: number[] = [];
    for (let i = 0; i < 8; i += 1) {
      took.push(await quick());
      await pause(100);
    }
    clearInterval(drip);
    expect(took.sort((a, b) => a - b)[4]).toBeLessThan(4_000);
    expect(residentMb(server.pid) - before).toBeLessThan(300);
    expect((await fetch(`${url}/api/v1/health`)).status).toBe(200);
    // Asked to stop with all of them hanging on, it does.
    server.kill("SIGTERM");
    expect(await server.ended).toBe(0);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.kill("SIGKILL");
    await server.ended;
    remove();
  }
});
