import { createCipheriv, createSecretKey } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { sealUnder } from "./ciphers/sm4-gcm.ts";
import { type CipherId, ciphers } from "./ciphers.ts";
import { keyedHash, keyedHasher } from "./crypto.ts";
import { createSealer, type DataKey, headOf } from "./data-keys.ts";

const hex = (text: string): Buffer => Buffer.from(text, "hex");
const keyOf = (version: number, cipher: CipherId, isActive = false): DataKey => ({
  ...{ version, cipher, isActive, key: Buffer.alloc(ciphers[cipher].keyBytes, version) },
});

describe.each(Object.entries(ciphers))("%s", (_id, cipher) => {
  const key = createSecretKey(Buffer.alloc(cipher.keyBytes, 7));
  const aad = Buffer.from("version 2");

  test("opens what it sealed, of any length, and never seals alike twice", () => {
    for (const text of ["", "138", "王小明", "妈".repeat(11), "x".repeat(4097)]) {
      expect(cipher.open(key, cipher.seal(key, text, aad), aad).toString()).toBe(text);
    }
    expect(cipher.seal(key, "138").equals(cipher.seal(key, "138"))).toBe(false);
  });

  test("opens each of many sealed at once, all different, with and without a word beside them", () => {
    const texts = ["", "138", "+8613812345678", "王小明", "妈".repeat(11), "x".repeat(16), "y".repeat(4097)];
    const many = Array.from({ length: 1_100 }, (_, i) => `${texts[i % texts.length]}${i % 5 === 0 ? "" : i}`);
    for (const beside of [undefined, aad, Buffer.alloc(40, 3)]) {
      const sealed = cipher.sealMany(key, many, beside);
      expect(sealed.map((one) => cipher.open(key, one, beside).toString())).toEqual(many);
      expect(new Set(sealed.map((one) => one.toString("hex"))).size).toBe(many.length);
      const cut = sealed[5] as Buffer;
      cut[cut.length - 1] = (cut.at(-1) as number) ^ 1;
      expect(() => cipher.open(key, cut, beside)).toThrow();
    }
    expect(cipher.sealMany(key, [])).toEqual([]);
  });

  test("opens nothing under another key, with another word beside it, or with a bit changed", () => {
    const sealed = cipher.seal(key, "13812345678", aad);
    const other = createSecretKey(Buffer.alloc(cipher.keyBytes, 8));
    expect(() => cipher.open(other, sealed, aad)).toThrow();
    expect(() => cipher.open(key, sealed, Buffer.from("version 3"))).toThrow();
    expect(() => cipher.open(key, sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] as number) ^ 1;
      expect(() => cipher.open(key, changed, aad)).toThrow();
    }
    for (const cut of [0, 5, 20, sealed.length - 1]) {
      expect(() => cipher.open(key, sealed.subarray(0, cut), aad)).toThrow();
    }
  });
});

describe("national algorithms", () => {
  test("SM4-GCM is that of RFC 8998, appendix A.1", () => {
    const { text, tag } = sealUnder(
      createSecretKey(hex("0123456789abcdeffedcba9876543210")),
      hex("00001234567800000000abcd"),
      hex(
        `${"aa".repeat(8)}${"bb".repeat(8)}${"cc".repeat(8)}${"dd".repeat(8)}${"ee".repeat(8)}${"ff".repeat(8)}${"ee".repeat(8)}${"aa".repeat(8)}`,
      ),
      hex("feedfacedeadbeeffeedfacedeadbeefabaddad2"),
    );
    expect(text.toString("hex")).toBe(
      "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
    );
    expect(tag.toString("hex")).toBe("83de3541e4c2b58177e065a9bf7b62ec");
  });

  const vectors = new URL("../../../../shared/data/peer_vectors/crypto_botan/gcm.vec", import.meta.url);
  test.skipIf(!existsSync(vectors))(
    "SM4-GCM agrees with every vector of Botan's (shared/data/peer_vectors)",
    () => {
      const found = readVectors(readFileSync(vectors, "utf8"), "SM4/GCM");
      expect(found.length).toBeGreaterThan(0);
      for (const { Key, Nonce, In = "", AD = "", Out = "" } of found) {
        const { text, tag } = sealUnder(createSecretKey(hex(Key ?? "")), hex(Nonce ?? ""), hex(In), hex(AD));
        expect(Buffer.concat([text, tag]).toString("hex")).toBe(Out.toLowerCase());
      }
    },
  );

  test("HMAC-SM3 is the same in one shot and in bulk", () => {
    const key = hex(
      "daac25c1512fe50f79b0e4526b93f5c0e1460cef40b6dd44af13caec62e8c60e0d885f3c6d6fb51e530889e6fd4ac743a6d332e68a0f2a3923f42585dff93e9e",
    );
    for (const text of ["", "phone\n13800138000", "妈".repeat(500)]) {
      expect(keyedHasher(key.subarray(0, 32), "sm3")(text)).toBe(
        keyedHash(key.subarray(0, 32), text, "sm3").toString("hex"),
      );
    }
    expect(keyedHash(key.subarray(0, 32), "a", "sm3").equals(keyedHash(key.subarray(0, 32), "a"))).toBe(
      false,
    );
  });
});

/** The vectors of one section: lines `Name = hex`, each set ended by Out. */
function readVectors(text: string, section: string): Record<string, string>[] {
  const lines = text.slice(text.indexOf(`[${section}]`) + section.length + 2).split("\n");
  const found: Record<string, string>[] = [];
  let one: Record<string, string> = {};
  for (const line of lines) {
    if (line.startsWith("[")) break;
    const [, name, value] = /^(\w+)\s*=\s*(\S*)/.exec(line) ?? [];
    if (name === undefined) continue;
    one[name] = value ?? "";
    if (name === "Out") {
      found.push(one);
      one = {};
    }
  }
  return found;
}

describe("versions", () => {
  test("what an earlier key sealed is opened after a rotation, also by another cipher", () => {
    const before = createSealer([keyOf(1, "aes-256-gcm", true)]);
    const between = createSealer([keyOf(1, "aes-256-gcm"), keyOf(2, "sm4-gcm", true)]);
    const after = createSealer([keyOf(1, "aes-256-gcm"), keyOf(2, "sm4-gcm"), keyOf(3, "aes-256-gcm", true)]);
    const sealed = [before, between, after].map((one) => one.seal("王小明"));
    expect(sealed.map((one) => after.open(one).toString())).toEqual(["王小明", "王小明", "王小明"]);
    expect(sealed.map((one) => one.subarray(0, 4).equals(headOf(2)))).toEqual([false, true, false]);
  });

  test("a value of a key that was destroyed is not opened, nor is one moved under another version", () => {
    const [first, second, third] = [
      keyOf(1, "aes-256-gcm"),
      keyOf(2, "aes-256-gcm"),
      keyOf(3, "aes-256-gcm"),
    ];
    const sealed = createSealer([first, { ...second, isActive: true }]).seal("138");
    const left = createSealer([{ ...third, isActive: true }]);
    expect(() => left.open(sealed)).toThrow(/not held/);
    const moved = Buffer.concat([headOf(3), sealed.subarray(4)]);
    expect(() => createSealer([{ ...second, isActive: true }, third]).open(moved)).toThrow();
  });

  test("a first key's nonce that looks like a head is no obstacle", () => {
    const sealer = createSealer([keyOf(1, "aes-256-gcm"), keyOf(2, "aes-256-gcm", true)]);
    const nonce = Buffer.concat([headOf(2), Buffer.alloc(8, 5)]);
    const cipher = createCipheriv("aes-256-gcm", Buffer.alloc(32, 1), nonce);
    const text = Buffer.concat([cipher.update("138"), cipher.final()]);
    expect(sealer.open(Buffer.concat([nonce, cipher.getAuthTag(), text])).toString()).toBe("138");
  });
});
