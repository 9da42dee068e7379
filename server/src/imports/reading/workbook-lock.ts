import { createDecipheriv, createHash, createHmac, hash, timingSafeEqual } from "node:crypto";
import { UnreadableFile } from "./format.ts";
import { xmlParser } from "./workbook/sheet-rows.ts";

/** How a workbook is locked (MS-OFFCRYPTO 2.3.4), as far as it is needed to open it. */
export interface WorkbookLock {
  /** null for another password. */
  open(password: string): WorkbookKey | null;
}

export interface WorkbookKey {
  /** A piece of the package, counted from 0; every piece but the last is `pieceBytes` long. */
  piece(bytes: Buffer, index: number): Buffer;
  /** Told of the package as it stands in the file; answers at its end whether it is what was locked. */
  seal: { update(bytes: Buffer): void; holds(): boolean } | null;
}

export const pieceBytes = 4096;

/** Excel turns a password a hundred thousand times, and the format allows no more than ten million. */
const mostSpins = 10_000_000;
const refused = (): UnreadableFile => new UnreadableFile("unknown-lock");

/** Reads the stream EncryptionInfo. Throws UnreadableFile. */
export function readLock(info: Buffer): WorkbookLock {
  if (info.length < 8) throw refused();
  const [major, minor] = [info.readUInt16LE(0), info.readUInt16LE(2)];
  try {
    if (major === 4 && minor === 4) return agileLock(info.toString("utf8", 8));
    if (minor === 2 && major >= 2 && major <= 4) return standardLock(info);
  } catch (error) {
    throw error instanceof UnreadableFile ? error : refused();
  }
  throw refused();
}

const counter = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const digest = (algorithm: string, ...parts: Buffer[]): Buffer =>
  hash(algorithm, Buffer.concat(parts), "buffer");
const sameBytes = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);

/** The password, turned so often that guessing costs (2.3.4.11, 2.3.4.7). */
function spun(algorithm: string, salt: Buffer, password: string, spins: number): Buffer {
  const first = digest(algorithm, salt, Buffer.from(password, "utf16le"));
  const turned = Buffer.concat([counter(0), first]);
  for (let i = 0; i < spins; i += 1) {
    turned.writeUInt32LE(i);
    hash(algorithm, turned, "buffer").copy(turned, 4);
  }
  return turned.subarray(4);
}

/** As long as it has to be, cut or filled up. */
const fitted = (bytes: Buffer, length: number): Buffer =>
  Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length), 0x36)]).subarray(0, length);

function decrypted(cipher: string, key: Buffer, iv: Buffer | null, bytes: Buffer): Buffer {
  const opening = createDecipheriv(cipher, key, iv).setAutoPadding(false);
  return Buffer.concat([opening.update(bytes), opening.final()]);
}

const hashes: Readonly<Record<string, string>> = {
  ...{ SHA1: "sha1", "SHA-1": "sha1", SHA256: "sha256", "SHA-256": "sha256" },
  ...{ SHA384: "sha384", "SHA-384": "sha384", SHA512: "sha512", "SHA-512": "sha512" },
};

/** What keyData and encryptedKey say alike. */
interface Ciphered {
  hash: string;
  cipher: string;
  keyBytes: number;
  blockBytes: number;
  salt: Buffer;
}

function cipheredBy(said: Readonly<Record<string, string>>): Ciphered {
  const { cipherAlgorithm, cipherChaining, hashAlgorithm = "", keyBits, blockSize, saltValue = "" } = said;
  const found = hashes[hashAlgorithm.toUpperCase()];
  const isAes = cipherAlgorithm === "AES" && cipherChaining === "ChainingModeCBC" && blockSize === "16";
  if (found === undefined || !isAes || !["128", "192", "256"].includes(keyBits ?? "")) throw refused();
  return {
    ...{ hash: found, cipher: `aes-${keyBits}-cbc`, keyBytes: Number(keyBits) / 8, blockBytes: 16 },
    salt: Buffer.from(saltValue, "base64"),
  };
}

/** What a key is for is hashed into it (2.3.4.13, 2.3.4.14). */
const purposes = {
  input: Buffer.from("fea7d2763b4b9e79", "hex"),
  value: Buffer.from("d7aa0f6d3061344e", "hex"),
  key: Buffer.from("146e0be7abacd0d6", "hex"),
  sealKey: Buffer.from("5fb2ad010cb9e1f6", "hex"),
  sealValue: Buffer.from("a0677f02b22c8433", "hex"),
};

/** Agile encryption (2.3.4.10–2.3.4.15): Excel 2010 and later, WPS, LibreOffice. */
function agileLock(xml: string): WorkbookLock {
  const said: Record<string, Readonly<Record<string, string>>> = {};
  const parser = xmlParser({
    onopentag(name, attributes) {
      // Several keys may open a file; the password's is the one in this namespace, and the first.
      said[name.replace(/^.*:/, "")] ??= attributes;
    },
  });
  parser.write(xml);
  parser.end();
  const { keyData = {}, encryptedKey = {}, dataIntegrity } = said;
  const data = cipheredBy(keyData);
  const own = cipheredBy(encryptedKey);
  const spins = Number(encryptedKey["spinCount"]);
  if (!Number.isInteger(spins) || spins < 0 || spins > mostSpins) throw refused();
  const bytesOf = (from: Readonly<Record<string, string>>, name: string) =>
    Buffer.from(from[name] ?? "", "base64");
  const ivOf = (part: Buffer) => fitted(digest(data.hash, data.salt, part), data.blockBytes);
  return {
    open(password) {
      const turned = spun(own.hash, own.salt, password, spins);
      const part = (purpose: Buffer, name: string) =>
        decrypted(
          own.cipher,
          fitted(digest(own.hash, turned, purpose), own.keyBytes),
          fitted(own.salt, own.blockBytes),
          bytesOf(encryptedKey, name),
        );
      const input = part(purposes.input, "encryptedVerifierHashInput").subarray(0, own.salt.length);
      const expected = digest(own.hash, input);
      const value = part(purposes.value, "encryptedVerifierHashValue").subarray(0, expected.length);
      if (!sameBytes(value, expected)) return null;
      const key = part(purposes.key, "encryptedKeyValue").subarray(0, data.keyBytes);
      return {
        piece: (bytes, index) => decrypted(data.cipher, key, ivOf(counter(index)), bytes),
        seal: dataIntegrity === undefined ? null : sealBy(dataIntegrity),
      };
      function sealBy(from: Readonly<Record<string, string>>): WorkbookKey["seal"] {
        const length = createHash(data.hash).digest().length;
        const read = (purpose: Buffer, name: string) =>
          decrypted(data.cipher, key, ivOf(purpose), bytesOf(from, name)).subarray(0, length);
        const seal = createHmac(data.hash, read(purposes.sealKey, "encryptedHmacKey"));
        const value = read(purposes.sealValue, "encryptedHmacValue");
        return { update: (bytes) => void seal.update(bytes), holds: () => sameBytes(seal.digest(), value) };
      }
    },
  };
}

const standardSpins = 50_000;
const keyBitsOf: Readonly<Record<number, number>> = { 26126: 128, 26127: 192, 26128: 256 };
const sha1 = 0x8004;

/** Standard encryption (2.3.4.5–2.3.4.9): Excel 2007. */
function standardLock(info: Buffer): WorkbookLock {
  const headBytes = info.readUInt32LE(8);
  const head = info.subarray(12, 12 + headBytes);
  const rest = info.subarray(12 + headBytes);
  const keyBits = keyBitsOf[head.readUInt32LE(8)];
  const saltBytes = rest.readUInt32LE(0);
  if (keyBits === undefined || head.readUInt32LE(12) !== sha1 || saltBytes !== 16) throw refused();
  const salt = rest.subarray(4, 20);
  const verifier = rest.subarray(20, 36);
  const verifierHash = rest.subarray(40, 72);
  if (verifierHash.length !== 32) throw refused();
  const cipher = `aes-${keyBits}-ecb`;
  return {
    open(password) {
      const last = digest("sha1", spun("sha1", salt, password, standardSpins), counter(0));
      const half = (fill: number) => {
        const block = Buffer.alloc(64, fill);
        for (const [i, byte] of last.entries()) block[i] = (block[i] as number) ^ byte;
        return digest("sha1", block);
      };
      const key = Buffer.concat([half(0x36), half(0x5c)]).subarray(0, keyBits / 8);
      const expected = digest("sha1", decrypted(cipher, key, null, verifier));
      const value = decrypted(cipher, key, null, verifierHash).subarray(0, expected.length);
      if (!sameBytes(value, expected)) return null;
      return { piece: (bytes) => decrypted(cipher, key, null, bytes), seal: null };
    },
  };
}
