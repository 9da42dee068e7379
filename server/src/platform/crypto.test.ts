import { describe, expect, test } from "vitest";
import { keyedHash, keyedHasher, newKey, newSecret, open, plainHash, seal } from "./crypto.ts";

describe("sealing", () => {
  const key = newKey();

  test("opens to the same bytes, and never looks the same twice", () => {
    const sealed = seal(key, "13800138000 妈妈");
    expect(open(key, sealed).toString()).toBe("13800138000 妈妈");
    expect(seal(key, "13800138000 妈妈").equals(sealed)).toBe(false);
    expect(open(key, seal(key, Buffer.alloc(0)))).toHaveLength(0);
  });

  test("refuses another key, a changed byte and a cut", () => {
    const sealed = seal(key, "value");
    expect(() => open(newKey(), sealed)).toThrow();
    for (const at of [0, 12, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => open(key, changed)).toThrow();
    }
    expect(() => open(key, sealed.subarray(0, 20))).toThrow();
  });
});

describe("hashes", () => {
  test("a keyed hash is HMAC-SHA-256 (RFC 4231, case 2)", () => {
    const hash = keyedHash(Buffer.from("Jefe"), "what do ya want for nothing?");
    expect(hash.toString("hex")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  });

  test("many under one key are the same hashes, whatever the text's length", () => {
    const key = newKey();
    const hasher = keyedHasher(key);
    for (const text of ["", "phone\n+8613812345678", "妈".repeat(341), "妈".repeat(342), "👶".repeat(2_000)])
      expect(hasher(text)).toBe(keyedHash(key, text).toString("hex"));
    expect(keyedHasher(Buffer.from("Jefe"))("what do ya want for nothing?")).toBe(
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    );
  });

  test("no two of many seals share a nonce", () => {
    const key = newKey();
    const nonces = Array.from({ length: 5_000 }, () => seal(key, "x").toString("hex", 0, 12));
    expect(new Set(nonces).size).toBe(5_000);
  });

  test("secrets differ, and keep to characters that survive an address", () => {
    expect(newSecret()).not.toBe(newSecret());
    expect(newSecret("sk_")).toMatch(/^sk_[\w-]{32}$/);
    expect(plainHash("a")).toHaveLength(32);
  });
});
