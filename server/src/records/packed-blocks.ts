import { differentKeys, NativeBlock } from "../platform/native-block.ts";
import type { Chosen } from "./chosen.ts";
import { kinds } from "./kinds.ts";
import type { OpenedRecords } from "./packed-record.ts";
import type { RecordOrigin } from "./record.ts";

// What is stored of records that are plainly new: their columns as they are. To the letter the same as what
// version-lines.ts and events/event-row.ts write of them one by one.

/** The versions of some records, as rows of `record_version`; of record i under the node at `nodes[i]`. */
export function versionBlock(
  { packed }: OpenedRecords,
  chosen: Chosen,
  nodes: Float64Array,
  { workspace, source, import: importId, received }: RecordOrigin,
): NativeBlock {
  const { kind, words } = packed;
  // Each is another record: those that are there twice in a slice are no plain ones.
  const block = new NativeBlock(chosen.count, differentKeys);
  if (kind === "") return block;
  block.uint32("workspace", workspace);
  block.word("kind", kind);
  block.uint64("id", chosen.take(packed.ids));
  block.words("part", { words, places: chosen.take(packed.parts) });
  block.instant("changed", orElse(chosen.take(packed.changedAt), received));
  block.uint64("hash", chosen.take(packed.contents));
  block.uint32("import", importId);
  block.uint32("source", source);
  block.instant("received", received);
  block.instant("stamp", received);
  block.instant("at", orElse(chosen.take(packed.at), received));
  block.uint64("node", chosen.take(nodes));
  block.texts("key", kinds[kind].personalKey ? null : chosen.texts(packed.keys));
  const marks = { words, places: chosen.inner(packed.firstMark).take(packed.marks) };
  block.listsOfWords("marks", chosen.ends(packed.firstMark), marks);
  block.texts("fields", chosen.texts(packed.fields));
  return block;
}

/** The events that some records tell of, as rows of `event`; `at` is when each of all events happened. */
export function eventBlock(
  opened: OpenedRecords,
  chosen: Chosen,
  { nodes, at }: { nodes: Float64Array; at: Float64Array },
  { workspace, source, import: importId, received }: RecordOrigin,
): NativeBlock {
  const { words, events, firstEvent, firstMark, marks } = opened.packed;
  const mine = chosen.inner(firstEvent);
  const items = mine.inner(events.firstItem);
  const node = new Float64Array(mine.count);
  const excluded = new Uint8Array(mine.count);
  const markEnds = new Uint32Array(mine.count);
  const eventMarks: number[] = [];
  let event = 0;
  // Those of different records are different; two refunds of one order may be said under one number.
  let isEachAnother = true;
  chosen.forEach((record) => {
    const of = nodes[record] as number;
    const from = firstMark[record] as number;
    const to = firstMark[record + 1] as number;
    const isOut = opened.isExcluded(record) ? 1 : 0;
    const first = firstEvent[record] as number;
    const last = firstEvent[record + 1] as number;
    const count = last - first;
    if (count > 1 && new Set(events.messages.subarray(first, last)).size < count) isEachAnother = false;
    for (const end = event + count; event < end; event += 1) {
      node[event] = of;
      excluded[event] = isOut;
      for (let i = from; i < to; i += 1) eventMarks.push(marks[i] as number);
      markEnds[event] = eventMarks.length;
    }
  });
  const block = new NativeBlock(mine.count, isEachAnother ? differentKeys : {});
  block.uint32("workspace", workspace);
  block.uint64("node", node);
  block.listsOfWords("marks", markEnds, { words, places: new Uint32Array(eventMarks) });
  block.uint64("message", mine.take(events.messages));
  block.instant("at", mine.take(at));
  block.instant("received", received);
  block.word("type", "track");
  block.words("name", { words, places: mine.take(events.names) });
  block.uint32("source", source);
  block.uint32("import", importId);
  block.texts("order_id", mine.texts(events.orderIds));
  block.int64("amount_fen", mine.take(events.amountFen));
  block.int32("quantity", new Int32Array(mine.take(events.quantity)));
  const itemEnds = mine.ends(events.firstItem);
  block.listsOfTexts("item.sku", itemEnds, items.texts(events.skus));
  block.listsOfWords("item.category", itemEnds, { words, places: items.take(events.categories) });
  block.listsOfInt32("item.quantity", itemEnds, new Int32Array(items.take(events.quantities)));
  block.listsOfInt64("item.amount_fen", itemEnds, items.take(events.amounts));
  block.uint8("excluded", excluded);
  block.texts("properties", mine.texts(events.properties));
  return block;
}

/** What was not said is what it is otherwise. */
const orElse = (values: Float64Array, otherwise: number): Float64Array =>
  values.map((value) => (Number.isNaN(value) ? otherwise : value));
