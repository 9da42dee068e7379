import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { BlobReader, BlobWriter, ZipWriter, type ZipWriterAddDataOptions } from "@zip.js/zip.js";
import iconv from "iconv-lite";
import officeCrypto from "officecrypto-tool";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compoundFile } from "../../../test/compound-file.ts";
import { unpack } from "../unpack.client.ts";
import type { UploadedFile } from "../uploads.client.ts";
import { type Unlocked, unlock } from "./unlock.client.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "unlock-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: Buffer): Promise<UploadedFile> {
  const path = join(folder, String(files++));
  await writeFile(path, content);
  const [file] = await unpack({ name, path, bytes: content.length });
  return file as UploadedFile;
}
const tryOn = async (file: UploadedFile, password: string): Promise<Unlocked | undefined> =>
  (await unlock({ files: [file], password }))[0];
async function opened(file: UploadedFile, password: string): Promise<[string, Buffer][]> {
  const found = await tryOn(file, password);
  if (typeof found !== "object" || !("now" in found)) throw new Error(JSON.stringify(found));
  return Promise.all(found.now.map(async ({ name, path }) => [name, await readFile(path)]));
}

type Parts = Record<string, { content: Buffer } & ZipWriterAddDataOptions>;
async function zipped(parts: Parts): Promise<Buffer> {
  const zip = new ZipWriter(new BlobWriter());
  for (const [name, { content, ...said }] of Object.entries(parts))
    await zip.add(name, new BlobReader(new Blob([Uint8Array.from(content)])), said);
  return Buffer.from(await (await zip.close()).arrayBuffer());
}
const orders = Buffer.from(`订单编号,数量\n${"R1,1\n".repeat(50_000)}`);
const kids = Buffer.from("user_id,birthday,gender\n1,20260102,1\n");

describe("an archive under a password", () => {
  test.each<[string, ZipWriterAddDataOptions]>([
    ["the old cipher", { zipCrypto: true }],
    ["AES-128", { encryptionStrength: 1 }],
    ["AES-256", { encryptionStrength: 3 }],
  ])("of %s says what in it asks, and gives what it holds for the right one", async (_, how) => {
    const password = "Abc12345";
    const content = await zipped({
      "说明.txt": { content: kids },
      "导出/订单.csv": { content: orders, password, ...how },
      "宝宝.csv": { content: kids, password, level: 0, ...how },
    });
    const file = await put("导出.zip", content);
    expect(file).toMatchObject({ unreadable: "locked", lockedParts: ["订单.csv", "宝宝.csv"] });
    for (const wrong of ["abc12345", "Abc12345 ", "密码"]) expect(await tryOn(file, wrong)).toBe("wrong");
    expect(await opened(file, password)).toEqual([
      ["说明.txt", kids],
      ["订单.csv", orders],
      ["宝宝.csv", kids],
    ]);
  });

  test("takes a Chinese password as the standard has it, and as programs on Chinese Windows do", async () => {
    const said = "奶粉2026";
    for (const rawPassword of [Buffer.from(said), iconv.encode(said, "gb18030")])
      for (const zipCrypto of [true, false]) {
        const content = await zipped({ "a.csv": { content: kids, rawPassword, zipCrypto } });
        expect(await opened(await put("a.zip", content), said)).toEqual([["a.csv", kids]]);
      }
  });

  test("is a bomb where it unpacks to more than it claims, and damaged where it was changed", async () => {
    const password = "x";
    const content = await zipped({ "a.csv": { content: orders, password } });
    const changed = Buffer.from(content);
    const at = content.indexOf("a.csv") + 60;
    changed[at] = (changed[at] as number) ^ 1;
    expect(await tryOn(await put("a.zip", changed), password)).toEqual({ why: "damaged" });
    const large = await zipped({ "b.csv": { content: Buffer.alloc(101 * 1024 * 1024), password } });
    await expect(put("b.zip", large)).rejects.toMatchObject({ why: "bomb" });
    // The list of contents, which sizes are taken from, may lie.
    large.writeUInt32LE(1000, large.lastIndexOf("PK\u0001\u0002") + 24);
    expect(await tryOn(await put("b.zip", large), password)).toEqual({ why: "damaged" });
  });
});

/** No workbook, but for the lock it is one. */
const inside = Buffer.concat([
  Buffer.from("PK\u0003\u0004"),
  deflateRawSync(orders),
  Buffer.alloc(20_001, 7),
]);

describe("a workbook under a password", () => {
  const password = "一二三 Abc";
  let agile: Buffer;
  beforeAll(async () => {
    agile = Buffer.from(await officeCrypto.encrypt(inside, { password }));
  });

  test("of agile encryption opens, by itself and with the archive around it where both have one password", async () => {
    const file = await put("订单.xlsx", agile);
    expect(file.unreadable).toBeUndefined();
    expect(await tryOn(file, "一二三 abc")).toBe("wrong");
    expect(await opened(file, password)).toEqual([["订单.xlsx", inside]]);
    const around = async (its: string) =>
      put("a.zip", await zipped({ "订单.xlsx": { content: agile, password: its } }));
    expect(await opened(await around(password), password)).toEqual([["订单.xlsx", inside]]);
    expect(await opened(await around("another"), "another")).toEqual([["订单.xlsx", agile]]);
  });

  test("of standard encryption, too", async () => {
    const content = Buffer.from(await officeCrypto.encrypt(inside, { password, type: "standard" }));
    const file = await put("订单.xlsx", content);
    expect(await tryOn(file, "一二三 abc")).toBe("wrong");
    expect(await opened(file, password)).toEqual([["订单.xlsx", inside]]);
  });

  test("that was changed or cut off is damaged, never half of it", async () => {
    const changed = Buffer.from(agile);
    const middle = Math.floor(agile.length / 2);
    changed[middle] = (changed[middle] as number) ^ 1;
    expect(await tryOn(await put("a.xlsx", changed), password)).toEqual({ why: "damaged" });
    const streams = { EncryptionInfo: Buffer.alloc(5000, 1), EncryptedPackage: Buffer.alloc(9000) };
    const short = compoundFile(streams).subarray(0, 4000);
    expect(await tryOn(await put("b.xlsx", short), "x")).toBe("not-locked");
  });

  const salt = Buffer.alloc(16, 1).toString("base64");
  const info = (spins: string, cipher = "AES") =>
    Buffer.concat([
      Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0]),
      Buffer.from(
        `<encryption><keyData blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="${cipher}" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt}"/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="${spins}" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${salt}" encryptedVerifierHashInput="${salt}" encryptedVerifierHashValue="${salt}" encryptedKeyValue="${salt}"/></keyEncryptor></keyEncryptors></encryption>`.padEnd(
          5000,
        ),
      ),
    ]);
  test.each([
    ["four thousand million turns", info("4000000000")],
    ["fewer than none", info("-1")],
    ["no number of turns", info("1e3x")],
    ["a cipher that nobody uses", info("1", "RC2")],
    [
      "entities of its own",
      Buffer.from(`\u0004\0\u0004\0@\0\0\0<!DOCTYPE a [<!ENTITY b "c">]>${" ".repeat(5000)}`),
    ],
    ["a version unknown", Buffer.alloc(5000, 9)],
  ])("that asks for %s is refused at once", async (_, EncryptionInfo) => {
    const content = compoundFile({ EncryptionInfo, EncryptedPackage: Buffer.alloc(9000) });
    const told = await tryOn(await put("a.xlsx", content), "x");
    expect(told).toMatchObject({ why: expect.stringMatching(/^(unknown-lock|bomb)$/) });
  });
});

test("what asks for none stays as it is", async () => {
  expect(await tryOn(await put("a.csv", kids), "x")).toBe("not-locked");
  expect(await tryOn(await put("a.xls", compoundFile({ Workbook: Buffer.alloc(9000) })), "x")).toBe(
    "not-locked",
  );
});
