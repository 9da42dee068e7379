import { connect, type Socket } from "node:net";
import { parentPort, workerData } from "node:worker_threads";
import { createTraffic, roomFor } from "./traffic.ts";

/** A load generator in a thread of its own: connections that each send the next request when the last is answered. */
export interface LoadOrder {
  host: string;
  port: number;
  writeKey: string;
  path: string;
  connections: number;
  /** Events in a request; 1 sends single calls. */
  size: number;
  seconds: number;
  seed: number;
  users: number;
  /** Every event is of a visitor never seen before. */
  strangers?: boolean;
  /** Events a second, sent at their times whether answers come or not; without it as fast as answers come. */
  rate?: number;
  /** What is sent in the first so many seconds is not counted among the latencies. */
  settleSeconds?: number;
}
export interface LoadResult {
  events: number;
  seconds: number;
  refused: number;
  /** Of every request that counts, in milliseconds; at a fixed rate from the moment it was due. */
  latencies: Float64Array;
}

const order = workerData as LoadOrder;
const traffic = createTraffic(order.seed, order.users, order.strangers);
const auth = Buffer.from(`${order.writeKey}:`).toString("base64");
const latencies: number[] = [];
let events = 0;
let refused = 0;
let sent = 0;

const began = performance.now();
const settled = began + (order.settleSeconds ?? 0) * 1000;
const until = began + order.seconds * 1000;
await Promise.all(Array.from({ length: order.connections }, work));
const seconds = (performance.now() - began) / 1000;
const result: LoadResult = { events, seconds, refused, latencies: Float64Array.from(latencies) };
parentPort?.postMessage(result);

/** When the next request is due; waits for it. A late one is sent at once, and counted from when it was due. */
async function next(): Promise<number> {
  if (order.rate === undefined) return performance.now();
  const due = began + (sent * order.size * 1000) / order.rate;
  sent += 1;
  const early = due - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  return due;
}

async function work(): Promise<void> {
  const socket = connect({ host: order.host, port: order.port, noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const answers = reader(socket);
  // Nobody reads it any more once the request is answered.
  const room = Buffer.allocUnsafeSlow(roomFor(order.size));
  for (let due = await next(); due < until; due = await next()) {
    const body = order.size === 1 ? traffic.single(room) : traffic.batch(room, order.size);
    socket.write(
      `POST ${order.path} HTTP/1.1\r\nhost: bench\r\nauthorization: Basic ${auth}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    socket.write(body);
    const status = await answers();
    if (due >= settled) latencies.push(performance.now() - due);
    if (status === 200) events += order.size;
    else refused += order.size;
  }
  socket.destroy();
}

/** Waits for the next whole answer and gives its status. Answers have a length and come one at a time. */
function reader(socket: Socket): () => Promise<number> {
  let text = "";
  let waiting: ((status: number) => void) | undefined;
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = text.slice(end + 4 + length);
    waiting?.(status);
  });
  return () =>
    new Promise((resolve) => {
      waiting = resolve;
    });
}
