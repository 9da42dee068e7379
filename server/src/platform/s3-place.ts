import { createHash, createHmac } from "node:crypto";
import { Trouble } from "./trouble.ts";

/** A bucket (and a prefix in it) of an object store that speaks S3, and how to sign in there. */
export interface S3Place {
  /** https://endpoint/bucket/prefix or https://bucket.endpoint/prefix, without a slash at the end. */
  url: string;
  keyId: string;
  secret: string;
}

export function s3PlaceOf(url: string | null, keyId: string | null, secret: string | null): S3Place | null {
  if (url === null) return null;
  const isAddress = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  // The engine takes signs that would have to be escaped for a pattern of many files.
  if (!isAddress || !/^[\w:/.~-]+$/.test(url) || keyId === null || secret === null)
    throw new Trouble(
      "STORK_COLD_S3 应是 https://地址/桶/前缀（只用字母、数字和 - _ . ~），并同时设置 STORK_COLD_S3_KEY 与 STORK_COLD_S3_SECRET。",
      "STORK_COLD_S3 must be https://endpoint/bucket/prefix (letters, digits and - _ . ~ only), with STORK_COLD_S3_KEY and STORK_COLD_S3_SECRET beside it.",
    );
  return { url: url.replace(/\/+$/, ""), keyId, secret };
}

interface Signed {
  method: "HEAD" | "GET" | "PUT" | "DELETE";
  url: URL;
  at: Date;
}

/** What a body is said to hash to that is signed before it is read. */
const unsigned = "UNSIGNED-PAYLOAD";

/** The headers that sign a request (AWS Signature Version 4, in one chunk, without signing the body). */
export function signedHeaders(
  { keyId, secret }: S3Place,
  { method, url, at }: Signed,
): Record<string, string> {
  const time = at.toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const day = time.slice(0, 8);
  const region = /\bs3[.-]([a-z]{2}-[a-z0-9-]+)\.amazonaws\./.exec(url.host)?.[1] ?? "us-east-1";
  const scope = `${day}/${region}/s3/aws4_request`;
  const headers = { host: url.host, "x-amz-content-sha256": unsigned, "x-amz-date": time };
  const names = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = [method, url.pathname, "", lines.join(""), names, unsigned].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`);
  const signature = hmac(key, text).toString("hex");
  return {
    ...headers,
    authorization: `AWS4-HMAC-SHA256 Credential=${keyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer | string, text: string): Buffer => createHmac("sha256", key).update(text).digest();
