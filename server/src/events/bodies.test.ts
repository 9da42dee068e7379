import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import fastify, { type FastifyInstance } from "fastify";
import { afterEach, expect, test } from "vitest";
import { Refusal } from "../platform/refusal.ts";
import { type Bodies, type BodyLimits, createBodies, readBodies } from "./bodies.routes.ts";

let http: FastifyInstance;
let release: () => void;
let bodies: Bodies;
const sockets: Socket[] = [];

afterEach(async () => {
  release();
  for (const socket of sockets.splice(0)) socket.destroy();
  http.server.closeAllConnections();
  await http.close();
});

/** Answers with the body's length once it is let to. */
async function open(limits: BodyLimits, held = false): Promise<number> {
  bodies = createBodies(limits);
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  if (!held) release();
  http = fastify();
  http.setErrorHandler((error, _request, reply) =>
    reply.code(error instanceof Refusal ? error.kind.status : 500).send(String(error)),
  );
  await http.register(async (scope) => {
    readBodies(scope, bodies);
    scope.post("/", async ({ body }) => {
      await gate;
      return { length: (body as Buffer).length };
    });
  });
  await http.listen({ port: 0, host: "127.0.0.1" });
  return (http.server.address() as AddressInfo).port;
}

const post = (port: number, body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
  fetch(`http://127.0.0.1:${port}/`, { method: "POST", body, headers }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }));

async function raw(port: number, text: string): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  sockets.push(socket);
  await once(socket, "connect");
  socket.on("error", () => {});
  socket.write(text);
  return socket;
}

const head = (length: number, more = "") =>
  `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: ${length}\r\n${more}\r\n`;

test("bodies arrive whole, also in pieces and packed; afterwards nothing is held", async () => {
  const port = await open({ mostBytes: 1_000_000 });
  expect(await post(port, "x".repeat(900_000))).toEqual({ status: 200, text: '{"length":900000}' });
  const packed = gzipSync("y".repeat(500_000));
  expect(await post(port, packed, { "content-encoding": "gzip" })).toMatchObject({
    text: '{"length":500000}',
  });
  await expect.poll(() => bodies.inFlight.total).toBe(0);
});

test("a body beyond the limit is refused, by what it says, by what it is, or by what it unpacks to", async () => {
  const port = await open({ mostBytes: 1_000 });
  expect((await post(port, "x".repeat(1_001))).status).toBe(413);
  const socket = await raw(
    port,
    `POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n5dc\r\n${"x".repeat(1_500)}`,
  );
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 [\s\S]*connection: close/);
  const bomb = gzipSync("y".repeat(100_000));
  expect((await post(port, bomb, { "content-encoding": "gzip" })).status).toBe(413);
  await expect.poll(() => bodies.inFlight.total).toBe(0);
});

test("one sender cannot fill the room: it is told to wait, another is served", async () => {
  const port = await open({ mostBytes: 1_000, mostInFlight: 2_000 }, true);
  const flood = Array.from({ length: 5 }, () => post(port, "x".repeat(400), { authorization: "a" }));
  await expect.poll(() => bodies.inFlight.total).toBe(1_200);
  const other = post(port, "x".repeat(400), { authorization: "b" });
  await expect.poll(() => bodies.inFlight.total).toBe(1_600);
  release();
  expect((await other).status).toBe(200);
  const statuses = (await Promise.all(flood)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  await expect.poll(() => bodies.inFlight.total).toBe(0);
});

test("who only promises a body holds nothing, and not for long", async () => {
  const port = await open({ patienceMs: 1_500, mostInFlight: 2_000, mostBytes: 1_000 });
  const slow = await Promise.all(Array.from({ length: 50 }, () => raw(port, `${head(1_000)}slowly`)));
  await expect.poll(() => bodies.inFlight.total).toBeGreaterThan(200);
  expect((await post(port, "x".repeat(500), { authorization: "b" })).status).toBe(200);
  await Promise.all(slow.map((socket) => socket.destroyed || once(socket, "close")));
  await expect.poll(() => bodies.inFlight.total).toBe(0);
});

test("who goes away in the middle of a body, or before the answer, leaves nothing behind", async () => {
  const port = await open({ mostBytes: 1_000 }, true);
  const half = await raw(port, `${head(900)}half`);
  const whole = await raw(port, `${head(4)}body`);
  await expect.poll(() => bodies.inFlight.total).toBe(8);
  half.destroy();
  whole.destroy();
  await expect.poll(() => bodies.inFlight.total).toBe(0);
});
