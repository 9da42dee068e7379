import type { RecordKindId } from "@stork/contract/records.ts";
import type { Mark } from "../cleaning/marks.ts";
import { isExcluded } from "../cleaning/marks.ts";
import type { CommittedRow } from "../events/committed-row.ts";
import type { Event } from "../events/event.ts";
import { type Text, textOf, type Utf8 } from "../events/utf8.ts";
import type { Identifier } from "../people/identity.ts";
import { eventsOf, formerPlaces, placeKey, placesOf, type Whole, wholeOf } from "./derive.ts";
import type { RecordEvent, StatedRecord } from "./record.ts";
import type { RecordHash } from "./record-hash.ts";
import type { ToldPlace } from "./told-events.store.ts";
import type { Version, WholeVersion } from "./version.ts";

/** A record, and what was stated of it just now: whom its events name, where anybody asks. */
interface About {
  readonly id: string;
  readonly stated?: Pick<StatedRecord, "identifiers">;
}

/** The events of a record as it counts now. */
function tellWhole(
  hash: RecordHash,
  workspace: number,
  record: { kind: RecordKindId } & About,
  whole: Whole,
  stamp: number,
): CommittedRow[] {
  return tellAll(hash, workspace, record, whole, { told: eventsOf(record.kind, whole), stamp });
}

const none: readonly never[] = [];

/** An event of a record. Its properties stay bytes where they came as such, unless somebody reads them. */
class ToldEvent implements Event {
  readonly name: string;
  readonly at: number;
  readonly orderId: string;
  readonly amountFen: number;
  readonly quantity: number;
  readonly items: Event["items"];
  readonly rule = "same-row";
  readonly message: string;
  readonly type = "track";
  readonly marks: readonly Mark[];
  readonly excluded: boolean;
  readonly said = none;
  readonly #properties: Text;
  readonly #stated: About["stated"];

  constructor(
    told: RecordEvent,
    of: Pick<Event, "message" | "excluded"> & { stated: About["stated"]; marks: readonly Mark[] },
  ) {
    this.name = told.name;
    this.at = told.at;
    this.orderId = told.orderId;
    this.amountFen = told.amountFen;
    this.quantity = told.quantity;
    this.items = told.items;
    this.#properties = told.properties;
    this.#stated = of.stated;
    this.message = of.message;
    this.marks = of.marks;
    this.excluded = of.excluded;
  }

  get identifiers(): readonly Identifier[] {
    return this.#stated?.identifiers ?? none;
  }
  get properties(): string {
    return textOf(this.#properties);
  }
  get propertiesUtf8(): Utf8 | undefined {
    return typeof this.#properties === "string" ? undefined : this.#properties;
  }
}

/** What is to be told of a record that is all there is of it: its events are those it came with. */
export function tellAll(
  hash: RecordHash,
  workspace: number,
  record: About,
  { node, marks, main }: Pick<Whole, "node" | "marks"> & { main: Pick<Version, "source" | "import"> },
  { told, stamp }: { told: readonly RecordEvent[]; stamp: number },
): CommittedRow[] {
  if (node === 0) return [];
  const { source, import: importId } = main;
  const origin = { workspace, source, import: importId, received: stamp };
  const excluded = isExcluded(marks);
  return told.map((event) => ({
    event: new ToldEvent(event, {
      stated: record.stated,
      message: hash.message(record.id, event.name, event.which),
      ...{ marks, excluded },
    }),
    node,
    origin,
  }));
}

/** What is to be told of a record with a history: its events now, and the places where former ones may stand. */
export function retell(
  hash: RecordHash,
  workspace: number,
  record: { kind: RecordKindId } & About,
  versions: readonly WholeVersion[],
  stamp: number,
): { rows: CommittedRow[]; gone: ToldPlace[] } {
  const whole = wholeOf(versions);
  const rows = whole === null ? [] : tellWhole(hash, workspace, record, whole, stamp);
  const wanted = new Set(placesOf(record.kind, whole).map(placeKey));
  const gone: ToldPlace[] = [];
  for (const [key, { node, at, name, which }] of formerPlaces(record.kind, versions))
    if (!wanted.has(key)) gone.push({ node, at, message: hash.message(record.id, name, which) });
  return { rows, gone };
}
