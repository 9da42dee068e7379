import { expect, test } from "vitest";
import { isRefusedRecord } from "../../records/kind.ts";
import type { OrderInput } from "../../records/kinds/order.ts";
import { kinds } from "../../records/kinds.ts";
import { plainRecord } from "../../records/packed-record.ts";
import type { StatedRecord } from "../../records/record.ts";
import { RecordHash } from "../../records/record-hash.ts";
import { versionLines } from "../../records/version-lines.ts";
import { movedOf, type Packed } from "./packed.ts";
import { Packer } from "./packer.ts";
import type { HandedRecord } from "./slice.ts";
import { unpack } from "./unpacked.ts";

const sent = (packed: Packed) => unpack(structuredClone(packed, { transfer: movedOf(packed) }));

/** Packed as a slice is, each record numbered as it says. */
function pack(handed: readonly HandedRecord[], hash: RecordHash | null): Packed {
  const numbers = handed.map(({ occurrence }) => occurrence);
  const readable = numbers.filter((_, i) => !("refused" in (handed[i] as HandedRecord).read)).values();
  const packer = new Packer(hash, () => readable.next().value ?? 0);
  for (const { rows, read } of handed) packer.add({ rows: [], count: rows, read });
  return packer.take(new Map());
}

const context = { zone: "Asia/Shanghai", now: 1.7e12 };
const buyer = { name: "王芳", province: "浙江省" };
const phone = { namespace: "phone", value: "13912345678" };
const orders = [
  {
    shop: "a",
    order: "1",
    status: "paid",
    paidAt: "2023-01-02 03:04:05",
    identifiers: [phone],
    buyer,
    changedAt: 1.6e12,
  },
  {
    shop: "a",
    order: "2",
    status: "placed",
    identifiers: [],
    items: [{ sku: "a", name: '12" \\ 奶粉', quantity: 2000, price: 3 }],
  },
  {
    shop: "a",
    order: "3",
    status: "refunded",
    amount: 5,
    identifiers: [phone, { namespace: "member:tmall", value: "tb" }],
  },
] as const;

test("records come out of their columns as they went in", () => {
  const stated = orders.map((order) =>
    kinds.order.state(structuredClone(order) as unknown as OrderInput, context),
  );
  const handed: HandedRecord[] = stated.map((read, i) => {
    if (isRefusedRecord(read)) throw new Error(read.refused);
    return { rows: i + 1, occurrence: i, read };
  });
  handed.splice(1, 0, { rows: 7, occurrence: 0, read: { refused: "no-key" } });
  const out = sent(pack(handed, null));
  expect(out.map(({ rows, occurrence }) => [rows, occurrence])).toEqual([
    [1, 0],
    [7, 0],
    [2, 1],
    [3, 2],
  ]);
  expect(out[1]?.read).toEqual({ refused: "no-key" });
  for (const i of [0, 2, 3]) {
    const read = out[i]?.read as StatedRecord;
    expect(plainRecord(read)).toEqual(handed[i]?.read);
    expect(read.saidText ?? "").toBe(read.said.length === 0 ? "" : JSON.stringify(read.said));
  }
});

test("hashes made over there, and lines written of bytes, are those of the records themselves", () => {
  const hash = new RecordHash("salt");
  const stated = orders.map((order) =>
    kinds.order.state(structuredClone(order) as unknown as OrderInput, context),
  );
  const handed = stated.map((read) => ({ rows: 1, occurrence: 0, read }) as HandedRecord);
  for (const { read } of sent(pack(handed, hash))) {
    const record = read as StatedRecord;
    const plain = plainRecord(record);
    expect(record.hashes).toEqual({ id: hash.id(plain.kind, plain.key), content: hash.content(plain) });
    expect(versionLines(1, [version(record)])).toEqual(versionLines(1, [version(plain)]));
  }
});

const version = ({ kind, key, part, fields, marks }: StatedRecord) => ({
  ...{
    kind,
    key,
    part,
    fields,
    marks,
    id: "7",
    hash: "8",
    changed: 1,
    stamp: 2,
    received: 3,
    at: 4,
    undone: false,
  },
  ...{ import: 5, source: 6, node: 7 },
});
