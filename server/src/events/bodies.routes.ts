import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ByteRooms } from "../platform/byte-rooms.ts";
import { Refusal } from "../platform/refusal.ts";
import { unpack } from "./compressed.ts";
import { FairShare } from "./fair-share.ts";
import { bodyTooLarge, overloaded } from "./refusals.ts";
import { Turns } from "./turns.ts";

export interface BodyLimits {
  /** Of one body, packed or unpacked. */
  mostBytes?: number;
  /** Of all bodies that are being read or not answered yet; each sender has its fair share of it. */
  mostInFlight?: number;
  /** Who takes longer to send a body is holding a connection. */
  patienceMs?: number;
}

/** The bodies of one server's collecting routes: how much of them may be in memory at once. */
export interface Bodies extends Required<BodyLimits> {
  readonly inFlight: FairShare<string>;
  /** Where large bodies are put together, at most twice as many bytes as they have. Whoever has answered gives a body back that nobody looks at any more. */
  readonly rooms: ByteRooms;
  /** Whose turn it is to be read and understood, counted in bytes. */
  readonly turns: Turns;
}

const worthARoom = 8 * 1024;

/** Four requests of a hundred events, some six milliseconds of work. */
const bytesAtOnce = 256 * 1024;

export function createBodies(limits: BodyLimits = {}): Bodies {
  const all = { mostBytes: 5 * 1024 ** 2, mostInFlight: 64 * 1024 ** 2, patienceMs: 30_000, ...limits };
  const inFlight = new FairShare<string>(all.mostInFlight);
  return { ...all, inFlight, rooms: new ByteRooms(), turns: new Turns(bytesAtOnce) };
}

/** What a request holds, until its answer is out or its connection gone. */
interface Held {
  readonly who: string;
  readonly reply: FastifyReply;
  bytes: number;
  over: boolean;
}

/**
 * Bodies of whatever content type as unpacked bytes. They are counted as they arrive and until they are answered: what
 * a sender only promises costs nothing, and nobody can fill the memory.
 */
export function readBodies(scope: FastifyInstance, bodies: Bodies): void {
  const requests = new WeakMap<FastifyRequest, Held>();
  scope.removeAllContentTypeParsers();
  scope.addHook("onRequest", (request, reply, done) => {
    const who = request.headers.authorization ?? request.ip;
    const held: Held = { who, reply, bytes: 0, over: false };
    requests.set(request, held);
    reply.raw.once("close", () => {
      held.over = true;
      bodies.inFlight.giveBack(who, held.bytes);
    });
    done();
  });
  scope.addContentTypeParser("*", async (request: FastifyRequest) => {
    const held = requests.get(request) as Held;
    const packed = await arrived(bodies, held, request);
    const encoding = request.headers["content-encoding"];
    const isPacked = encoding === "gzip" || encoding === "deflate";
    const bytes = isPacked ? await unpack(packed, encoding, bodies.mostBytes) : packed;
    if (isPacked) {
      bodies.rooms.giveBack(packed);
      keep(bodies, held, Math.max(0, bytes.length - packed.length));
    }
    await bodies.turns.take(bytes.length);
    return bytes;
  });
}

function keep({ inFlight }: Bodies, held: Held, bytes: number): void {
  if (held.over || !inFlight.take(held.who, bytes)) throw new Refusal(overloaded);
  held.bytes += bytes;
}

function arrived(bodies: Bodies, held: Held, { raw, headers }: FastifyRequest): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    const late = setTimeout(() => raw.destroy(), bodies.patienceMs);
    const stop = () => {
      clearTimeout(late);
      raw.off("data", take).off("end", whole).off("close", cut);
    };
    const refuse = (error: Error) => {
      stop();
      // The rest of the body is not read: the connection ends with the answer.
      held.reply.header("connection", "close");
      reject(error);
    };
    const whole = () => {
      stop();
      resolve(together(bodies.rooms, chunks));
    };
    const cut = () => refuse(new Refusal(overloaded));
    const take = (chunk: Buffer<ArrayBuffer>) => {
      chunks.push(chunk);
      try {
        keep(bodies, held, chunk.length);
      } catch (error) {
        return refuse(error as Error);
      }
      if (held.bytes > bodies.mostBytes) refuse(new Refusal(bodyTooLarge));
    };
    if (Number(headers["content-length"] ?? 0) > bodies.mostBytes) refuse(new Refusal(bodyTooLarge));
    else raw.on("data", take).once("end", whole).once("close", cut);
  });
}

/** A small body is as it came. A large one is in a room, also when it came as one: see byte-rooms.ts. */
function together(rooms: ByteRooms, chunks: readonly Buffer<ArrayBuffer>[]): Buffer<ArrayBuffer> {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1 && first.length < worthARoom) return first;
  const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const body = rooms.take(length).subarray(0, length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}
