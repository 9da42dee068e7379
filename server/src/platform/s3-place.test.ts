import { expect, test } from "vitest";
import { s3PlaceOf, signedHeaders } from "./s3-place.ts";

test("a bucket is named with its keys, or there is none; what cannot be is said at the start", () => {
  expect(s3PlaceOf(null, "k", "s")).toBeNull();
  expect(s3PlaceOf("https://s3.example/bucket/stork/", "k", "s")).toEqual({
    ...{ url: "https://s3.example/bucket/stork", keyId: "k", secret: "s" },
  });
  for (const [url, key] of [
    ["bucket/stork", "k"],
    ["https://s3.example/bucket/st*rk", "k"],
    ["s3://bucket", "k"],
    ["https://s3.example/bucket", null],
  ] as const)
    expect(() => s3PlaceOf(url, key, "s")).toThrow("STORK_COLD_S3");
});

test("a request is signed for its store's region, and names no secret", () => {
  const place = { url: "https://s3.cn-north-1.amazonaws.com.cn/b", keyId: "AK", secret: "hush" };
  const at = new Date("2026-05-24T10:11:12.345Z");
  const headers = signedHeaders(place, { method: "GET", url: new URL(`${place.url}/cold/a.parquet`), at });
  expect(headers["x-amz-date"]).toBe("20260524T101112Z");
  expect(headers["authorization"]).toContain("Credential=AK/20260524/cn-north-1/s3/aws4_request");
  expect(JSON.stringify(headers)).not.toContain("hush");
});
