import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { expect, test } from "vitest";
import { createSender, openShop, pause } from "../sender.ts";
import { startServer } from "../server-process.ts";
import { usedFolder } from "./used-folder.ts";

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

test(`${connections} who send a byte at a time, and as many who never read: others are served, memory stays`, async () => {
  const { dir, remove } = await usedFolder();
  // What hangs on is waited for in vain when it stops: for a part of this time.
  const server = startServer(dir, { STORK_STOP_WITHIN: "20" });
  const sockets: Socket[] = [];
  try {
    const url = await server.ready;
    const source = await openShop(url, "shop");
    // The slow ones flood their own source, which may be told to come again; whoever is beside them never is.
    const beside = await openShop(url, "beside");
    const place = { url, writeKey: beside.writeKey };
    const head = (length: number) =>
      `POST /v1/batch HTTP/1.1\r\nhost: x\r\nauthorization: Basic ${btoa(`${source.writeKey}:`)}\r\n` +
      `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
    const sender = createSender();
    const sell = async () => expect(await sender.send(place, sender.make())).toBe(200);
    for (let i = 0; i < 10; i += 1) await sell();
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
    for (let i = 0; i < 8; i += 1) {
      await sell();
      await pause(100);
    }
    clearInterval(drip);
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
