import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { RecordHash } from "./record-hash.ts";

/** The first 64 bits of the MD5, as they were always stored. */
const stored = (text: string): string =>
  BigInt(`0x${createHash("md5").update(text).digest("hex").slice(0, 16)}`).toString();

test("the hashes of records are those they were stored under, whatever their keys hold", () => {
  const hash = new RecordHash("盐salt");
  const keys = ["", "tmall 1", "é", "奶粉 👶\n\t\\", "half \ud800 pair", "long ".repeat(500), "x"];
  for (const key of keys) {
    const id = stored(`盐saltorder\n${key}`);
    expect(hash.id("order", key)).toBe(id);
    expect(hash.idBits("order", key).toString()).toBe(id);
    const message = stored(`盐salt${id} Order Completed\n${key}`);
    expect(hash.message(id, "Order Completed", key)).toBe(message);
    expect(hash.messageBits(BigInt(id), "Order Completed", key).toString()).toBe(message);
    const bytes = Buffer.from(`--${key}--`);
    const whole = { bytes, from: 2, to: bytes.length - 2 };
    expect(hash.contentBits(whole, "\nphone:1").toString()).toBe(stored(`盐salt${key}\nphone:1`));
  }
});
