const sectorBytes = 512;
const perTable = sectorBytes / 4;
const entryBytes = 128;
/** Tables whose places the head itself holds. */
const inHead = 109;
const nothing = 0xffffffff;
const endOfChain = 0xfffffffe;
const tableSector = 0xfffffffd;
const placesSector = 0xfffffffc;
const sectorsOf = (bytes: number): number => Math.ceil(bytes / sectorBytes);

/**
 * Writes a compound file (MS-CFB 2, version 3): the container of workbooks before 2007, and of those under a password.
 * Its list of contents stands behind the streams, as programs that write in one go leave it.
 */
export function compoundFile(streams: Readonly<Record<string, Buffer>>): Buffer {
  let next = 0;
  const contents = Object.entries(streams).map(([name, bytes]) => {
    const begin = next;
    next += sectorsOf(bytes.length);
    return { name, bytes, begin };
  });
  const list = listOf(contents);
  const listAt = next;
  const tableAt = listAt + sectorsOf(list.length);
  let tables = 1;
  let more = 0;
  for (; Math.ceil((tableAt + tables + more) / perTable) > tables; tables += 1)
    more = Math.ceil(Math.max(0, tables + 1 - inHead) / (perTable - 1));
  const table = Buffer.alloc(tables * sectorBytes, 0xff);
  for (const { begin, bytes } of [...contents, { begin: listAt, bytes: list }])
    for (let i = 0, sectors = sectorsOf(bytes.length); i < sectors; i += 1)
      table.writeUInt32LE(i + 1 === sectors ? endOfChain : begin + i + 1, (begin + i) * 4);
  for (let i = 0; i < tables; i += 1) table.writeUInt32LE(tableSector, (tableAt + i) * 4);
  for (let i = 0; i < more; i += 1) table.writeUInt32LE(placesSector, (tableAt + tables + i) * 4);
  return Buffer.concat([
    headOf({ tables, tableAt, listAt, more }),
    ...contents.map(({ bytes }) => Buffer.concat([bytes], sectorsOf(bytes.length) * sectorBytes)),
    ...[list, table, placesOf({ tables, tableAt, more })],
  ]);
}

interface Layout {
  tables: number;
  tableAt: number;
  /** Sectors for places of tables that the head has no room for. */
  more: number;
}

function headOf({ tables, tableAt, listAt, more }: Layout & { listAt: number }): Buffer {
  const head = Buffer.alloc(sectorBytes);
  head.write("d0cf11e0a1b11ae1", "hex");
  for (const [i, value] of [0x3e, 3, 0xfffe, 9, 6].entries()) head.writeUInt16LE(value, 24 + i * 2);
  const moreAt = more === 0 ? endOfChain : tableAt + tables;
  for (const [i, value] of [tables, listAt, 0, 4096, endOfChain, 0, moreAt, more].entries())
    head.writeUInt32LE(value, 44 + i * 4);
  head.fill(0xff, 76);
  for (let i = 0; i < Math.min(tables, inHead); i += 1) head.writeUInt32LE(tableAt + i, 76 + i * 4);
  return head;
}

function placesOf({ tables, tableAt, more }: Layout): Buffer {
  const places = Buffer.alloc(more * sectorBytes, 0xff);
  for (let i = inHead; i < tables; i += 1) {
    const nth = i - inHead;
    places.writeUInt32LE(tableAt + i, (nth + Math.floor(nth / (perTable - 1))) * 4);
  }
  for (let i = 1; i <= more; i += 1)
    places.writeUInt32LE(i === more ? endOfChain : tableAt + tables + i, i * sectorBytes - 4);
  return places;
}

/** The root, and after it the streams in a chain: a tree, if a poor one. */
function listOf(contents: readonly { name: string; bytes: Buffer; begin: number }[]): Buffer {
  const entries = [{ name: "Root Entry", bytes: Buffer.alloc(0), begin: endOfChain }, ...contents];
  const list = Buffer.alloc(sectorsOf(entries.length * entryBytes) * sectorBytes);
  for (const [at, { name, begin, bytes }] of entries.entries()) {
    const entry = list.subarray(at * entryBytes, (at + 1) * entryBytes);
    entry.write(name, "utf16le");
    entry.writeUInt16LE((name.length + 1) * 2, 64);
    entry.writeUInt8(at === 0 ? 5 : 2, 66);
    entry.writeUInt8(1, 67);
    entry.writeUInt32LE(nothing, 68);
    entry.writeUInt32LE(at > 0 && at + 1 < entries.length ? at + 1 : nothing, 72);
    entry.writeUInt32LE(at === 0 && entries.length > 1 ? 1 : nothing, 76);
    entry.writeUInt32LE(begin, 116);
    entry.writeUInt32LE(bytes.length, 120);
  }
  return list;
}
