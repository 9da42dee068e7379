import { promisify } from "node:util";
import { gunzip, inflate } from "node:zlib";
import { Refusal } from "../platform/refusal.ts";
import { bodyTooLarge, unreadableBody } from "./refusals.ts";

const unzip = promisify(gunzip);
const undeflate = promisify(inflate);

/** Unpacks a body, but not without a bound: a few bytes may stand for gigabytes. */
export async function unpack(
  bytes: Buffer,
  encoding: "gzip" | "deflate",
  mostBytes: number,
): Promise<Buffer> {
  try {
    return await (encoding === "gzip" ? unzip : undeflate)(bytes, { maxOutputLength: mostBytes });
  } catch (error) {
    const tooLarge = (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE";
    throw new Refusal(tooLarge ? bodyTooLarge : unreadableBody);
  }
}
