import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

/**
 * A text that was read in the wrong encoding, as it was meant; itself when nothing is wrong with it; null when something
 * is and part of it is lost. Three ways of reading wrongly are undone, each only where going there and back gives the
 * same text, so that nothing is invented:
 * UTF-8 read as GBK (浣犲ソ), UTF-8 read as Windows-1252 (ä½ å¥½), GBK read as Windows-1252 (ÄãºÃ).
 */
export function repaired(text: string): string | null {
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  if (high.test(text) && !/[\u2e80-\u9fff]/.test(text)) return ofWestern(text);
  if (gbkSigns().test(text)) return ofGbk(text);
  return text;
}

const high =
  /[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2,}/;
const han = /[\u4e00-\u9fff]/g;

/**
 * The 448 characters that GBK makes of the first two bytes of a Chinese character (or full-width sign) in UTF-8, where
 * every misread run begins. Some are real if rare characters, so they only make a text worth a closer look.
 */
let signs: RegExp | undefined;
function gbkSigns(): RegExp {
  if (signs !== undefined) return signs;
  const found = new Set<string>();
  for (const lead of [0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xef])
    for (let next = 0x80; next <= 0xbf; next++) {
      const read = iconv.decode(Buffer.from([lead, next]), "gbk");
      if (read.length === 1 && read !== "\ufffd") found.add(read);
    }
  signs = new RegExp(`[${[...found].join("").replace(/[\]\\^-]/g, "\\$&")}]`);
  return signs;
}

function ofGbk(text: string): string | null {
  const bytes = iconv.encode(text, "gbk");
  const meant = decoded(bytes);
  // Names are short and many: what is no UTF-8 and too short to have been is as it was meant.
  if (meant === null && bytes.length < 9) return text;
  if (iconv.decode(bytes, "gbk") !== text) return text;
  if (meant !== null) {
    // Real text that happens to be UTF-8 in GBK's bytes is at most a character or two long.
    const count = meant.match(han)?.length ?? 0;
    return count >= 2 || meant.startsWith("\ufeff") ? meant.replace(/^\ufeff/, "") : text;
  }
  return isMostlyUtf8(bytes) ? null : text;
}

const decoded = (bytes: Buffer): string | null => (isUtf8(bytes) ? bytes.toString("utf8") : null);

/** Runs of whole characters in UTF-8, with a few bytes lost: an odd number of bytes has no place in GBK. */
function isMostlyUtf8(bytes: Buffer): boolean {
  const read = bytes.toString("utf8");
  const whole = read.match(/[\u4e00-\u9fff\u3000-\u303f\uff00-\uffee]/g)?.length ?? 0;
  const lost = read.match(/\ufffd/g)?.length ?? 0;
  return whole >= 3 && lost <= Math.max(2, whole / 3);
}

function ofWestern(text: string): string | null {
  const bytes = westernBytes(text);
  if (bytes === null) return text;
  const asUtf8 = decoded(bytes);
  if (asUtf8 !== null && /[\u0800-\uffff]/.test(asUtf8)) return asUtf8.replace(/^\ufeff/, "");
  const asGbk = iconv.decode(bytes, "gbk");
  const count = asGbk.match(han)?.length ?? 0;
  const isWhole = !asGbk.includes("\ufffd") && iconv.encode(asGbk, "gbk").equals(bytes);
  return isWhole && count >= 2 && isCommon(bytes) ? asGbk : text;
}

/** Bytes of Windows-1252, where the five that it leaves empty stand for themselves. */
function westernBytes(text: string): Buffer | null {
  const bytes = Buffer.alloc(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 256 ? code : western.get(code);
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

const western = new Map<number, number>(
  Array.from({ length: 32 }, (_, i): [number, number] => [
    iconv.decode(Buffer.from([0x80 + i]), "win1252").charCodeAt(0),
    0x80 + i,
  ]),
);

/** Whether the pairs of bytes lie in GB 2312's first level, the 3 755 common characters: "àé" by itself does not. */
function isCommon(bytes: Buffer): boolean {
  let common = 0;
  let all = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x80) continue;
    all++;
    const next = bytes[++i] ?? 0;
    if ((byte >= 0xb0 && byte <= 0xd7 && next >= 0xa1) || (byte >= 0xa1 && byte <= 0xa3 && next >= 0xa1))
      common++;
  }
  return common / all >= 0.8;
}
