import { type FileHandle, open } from "node:fs/promises";

/** How a compound file begins: a workbook before 2007, and any document of Office under a password. */
export const isCompound = (head: Buffer): boolean =>
  head.subarray(0, 8).toString("hex") === "d0cf11e0a1b11ae1";

const entryBytes = 128;
const perHead = 109;
/** Sectors of the list of contents that are followed: a workbook has one or two. */
const mostListed = 256;
const lastSector = 0xfffffffa;

/**
 * The names in the list of contents of a compound file (MS-CFB 2.2, 2.5, 2.6), which may stand anywhere in it; none
 * where the file is cut off or its chains lead nowhere.
 */
export async function compoundNames(path: string): Promise<string[]> {
  const file = await open(path, "r");
  try {
    const head = await bytesAt(file, 0, 512);
    if (head === null || !isCompound(head)) return [];
    const size = 1 << head.readUInt16LE(30);
    if (size !== 512 && size !== 4096) return [];
    const sector = (at: number) => bytesAt(file, (at + 1) * size, size);
    const names: string[] = [];
    let at = head.readUInt32LE(48);
    for (let listed = 0; at < lastSector && listed < mostListed; listed += 1) {
      const list = await sector(at);
      if (list === null) return names;
      for (let from = 0; from < size; from += entryBytes) names.push(nameOf(list.subarray(from)));
      at = await nextSector(head, sector, at, size / 4);
    }
    return names.filter((name) => name !== "");
  } finally {
    await file.close();
  }
}

/** The sector after this one, as the table says that stands in the sectors which the head, and what follows it, name. */
async function nextSector(
  head: Buffer,
  sector: (at: number) => Promise<Buffer | null>,
  at: number,
  perSector: number,
): Promise<number> {
  let table = Math.floor(at / perSector);
  let tableAt = lastSector;
  if (table < perHead) tableAt = head.readUInt32LE(76 + table * 4);
  else {
    // Beyond seven megabytes the table's own places go on in sectors of their own, the last number of which is the next.
    let more = head.readUInt32LE(68);
    for (table -= perHead; more < lastSector; table -= perSector - 1) {
      const places = await sector(more);
      if (places === null) return lastSector;
      if (table < perSector - 1) {
        tableAt = places.readUInt32LE(table * 4);
        break;
      }
      more = places.readUInt32LE((perSector - 1) * 4);
    }
  }
  if (tableAt >= lastSector) return lastSector;
  return (await sector(tableAt))?.readUInt32LE((at % perSector) * 4) ?? lastSector;
}

function nameOf(entry: Buffer): string {
  const bytes = entry.readUInt16LE(64);
  return bytes < 2 || bytes > 64 ? "" : entry.toString("utf16le", 0, bytes - 2);
}

/** null where the file ends before. */
async function bytesAt(file: FileHandle, from: number, size: number): Promise<Buffer | null> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await file.read(bytes, 0, size, from);
  return bytesRead < size ? null : bytes;
}
