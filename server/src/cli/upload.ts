import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { request } from "node:http";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface FilesToSend {
  fields: Readonly<Record<string, string>>;
  /** Sent under the name `files`, each by the name it has on disk. */
  paths: readonly string[];
}

/**
 * Sends files as a form, in pieces as the server takes them: fetch would hold a gigabyte of them in memory. Tells how
 * far it is.
 */
export async function sendFiles(
  url: string,
  headers: Readonly<Record<string, string>>,
  { fields, paths }: FilesToSend,
  onSent: (sent: number, total: number) => void,
): Promise<Response> {
  const boundary = `stork-${randomUUID()}`;
  const part = (disposition: string, more = "") =>
    Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${disposition}\r\n${more}\r\n`);
  const said = Object.entries(fields).map(([name, value]) =>
    Buffer.concat([part(`name="${name}"`), Buffer.from(`${value}\r\n`)]),
  );
  const files = await Promise.all(
    paths.map(async (path) => ({
      path,
      head: part(
        `name="files"; filename="${basename(path).replaceAll(/["\r\n]/g, encodeURIComponent)}"`,
        "content-type: application/octet-stream\r\n",
      ),
      bytes: (await stat(path)).size,
    })),
  );
  const end = Buffer.from(`--${boundary}--\r\n`);
  const total =
    said.reduce((sum, { length }) => sum + length, end.length) +
    files.reduce((sum, { head, bytes }) => sum + head.length + bytes + 2, 0);
  async function* body(): AsyncGenerator<Buffer> {
    yield* said;
    let sent = 0;
    const whole = files.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { path, head, bytes } of files) {
      yield head;
      // A file that grows meanwhile is sent as long as it was.
      if (bytes > 0)
        for await (const chunk of createReadStream(path, { end: bytes - 1, highWaterMark: 256 * 1024 })) {
          yield chunk as Buffer;
          sent += (chunk as Buffer).length;
          onSent(sent, whole);
        }
      yield Buffer.from("\r\n");
    }
    yield end;
  }
  const { promise: answered, resolve, reject } = Promise.withResolvers<Response>();
  const sending = request(url, {
    method: "POST",
    headers: {
      ...headers,
      "content-type": `multipart/form-data; boundary=${boundary}`,
      "content-length": total,
    },
  });
  sending.once("error", reject);
  sending.once("response", (response) => {
    const type = response.headers["content-type"] ?? "";
    resolve(
      new Response(Readable.toWeb(response) as ReadableStream, {
        status: response.statusCode ?? 500,
        headers: { "content-type": type },
      }),
    );
  });
  // A server that declines answers before it has everything, and takes no more: its answer says why.
  const sent = pipeline(Readable.from(body()), sending).catch((error: unknown) => error);
  const early = await Promise.race([answered, sent]);
  if (early instanceof Response) return early;
  return early === undefined ? answered : Promise.race([answered, Promise.reject(early as Error)]);
}
