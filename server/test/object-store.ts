import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * As much of S3 as the engine and we use of it, in memory. Every signature is worked out from what came (AWS Signature
 * Version 4); the engine's own client, which we did not write, shows that it is worked out rightly.
 */
export interface ObjectStore {
  url: string;
  /** The paths of all objects. */
  names(): string[];
  stop(): Promise<void>;
}

export async function startObjectStore(key: { keyId: string; secret: string }): Promise<ObjectStore> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => answer(objects, key, request, Buffer.concat(chunks), response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    names: () => [...objects.keys()],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(
  objects: Map<string, Buffer>,
  key: { keyId: string; secret: string },
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const path = request.url ?? "";
  const fail = (status: number, code: string): void => {
    response.writeHead(status, { "content-type": "application/xml" });
    response.end(request.method === "HEAD" ? undefined : `<Error><Code>${code}</Code></Error>`);
  };
  if (!isSigned(request, body, key)) {
    fail(403, "SignatureDoesNotMatch");
    return;
  }
  if (request.method === "PUT") {
    objects.set(path, body);
    response.writeHead(200, { etag: etagOf(body) }).end();
    return;
  }
  if (request.method === "DELETE") {
    objects.delete(path);
    response.writeHead(204).end();
    return;
  }
  const held = objects.get(path);
  if (held === undefined) {
    fail(404, "NoSuchKey");
    return;
  }
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
  const part = from === undefined ? held : held.subarray(Number(from), to ? Number(to) + 1 : undefined);
  response.writeHead(from === undefined ? 200 : 206, {
    ...{ "content-length": part.length, etag: etagOf(held), "last-modified": new Date(0).toUTCString() },
    ...(from === undefined
      ? {}
      : { "content-range": `bytes ${from}-${Number(from) + part.length - 1}/${held.length}` }),
  });
  response.end(request.method === "HEAD" ? undefined : part);
}

const sha256 = (data: Buffer | string): string => createHash("sha256").update(data).digest("hex");
const etagOf = (body: Buffer): string => `"${sha256(body).slice(0, 32)}"`;
const credentials =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/;

function isSigned(
  { method = "", url = "", headers }: IncomingMessage,
  body: Buffer,
  { keyId, secret }: { keyId: string; secret: string },
): boolean {
  const [, id, day = "", region = "", names = "", signature] =
    credentials.exec(headers.authorization ?? "") ?? [];
  const said = headers["x-amz-content-sha256"];
  if (id !== keyId || (said !== "UNSIGNED-PAYLOAD" && said !== sha256(body))) return false;
  const [path = "", query = ""] = url.split("?");
  const lines = names.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  const canonical = [method, path, query, lines.join(""), names, said].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  let signing: Buffer | string = `AWS4${secret}`;
  for (const part of [day, region, "s3", "aws4_request"])
    signing = createHmac("sha256", signing).update(part).digest();
  return createHmac("sha256", signing).update(text).digest("hex") === signature;
}
