import type { Mark } from "../../cleaning/marks.ts";
import type { Cleaned, RuleContext, RuleValues, ValueRuleId } from "../../cleaning/rule.ts";
import { valueRules } from "../../cleaning/rules.ts";
import { ownText } from "../../events/own-text.ts";
import type { Row, RowContext, Target } from "../preset.ts";
import { Telling, type Told } from "../tell.ts";
import { Tellings } from "./tellings.ts";

/** What of an address thousands share, as traits. */
export interface Divisions {
  /** GB/T 2260, six digits. */
  divisionCode: string;
  province: string;
  city: string | undefined;
  district: string | undefined;
}

/** Reads the cells of one kind of file by their targets' rules; made once for a file. */
export class Cells {
  readonly #targets: ReadonlyMap<string, Target>;
  readonly #contexts = new Map<string, RuleContext>();
  readonly #known = new Map<string, Known>();
  readonly #divisions: KnownPlaces<Divisions | undefined> = new Map();
  readonly #places: KnownPlaces<Readonly<Record<string, unknown>>> = new Map();
  readonly #tellings: Tellings;
  #recording: Told[] | null = null;
  readonly #context: RowContext;
  /** What the rules marked in the record that is being read. */
  marks = new Set<Mark>();

  constructor(targets: readonly Target[], context: RowContext) {
    this.#targets = new Map(targets.map((target) => [target.id, target]));
    this.#context = context;
    this.#tellings = new Tellings(context.countsOnly === true);
  }

  /** Forgets what was marked before. */
  begin(): void {
    if (this.marks.size > 0) this.marks = new Set();
  }

  /** Reads something by `read`, and records what is told and marked by that: for whoever keeps it for the next who says the same. */
  recorded<Value>(read: () => Value): Recorded<Value> {
    const before = this.marks;
    this.marks = new Set();
    const told: Told[] = [];
    const outer = this.#recording;
    this.#recording = told;
    try {
      const value = read();
      return { value, telling: told.length === 0 ? null : new Telling(told), marks: [...this.marks] };
    } finally {
      this.#recording = outer;
      outer?.push(...told);
      const own = this.marks;
      this.marks = before;
      for (const mark of own) this.marks.add(mark);
    }
  }

  /** Tells and marks once more what was recorded; answers what was read. */
  again<Value>({ value, telling, marks }: Recorded<Value>): Value {
    const { tell } = this.#context;
    if (tell !== undefined && telling !== null) {
      tell(telling);
      if (this.#recording !== null) this.#recording.push(...telling.told);
    }
    if (marks.length > 0) for (const mark of marks) this.marks.add(mark);
    return value;
  }

  /** As it stands, without blanks around it; "" when absent. */
  raw = (row: Row, id: string): string => {
    const cell = row[id];
    return cell === undefined || cell === "" ? "" : cell.trim();
  };

  /** Undefined when absent or not to be read. */
  instant = (row: Row, id: string): number | undefined => this.#read("instant", row, id);
  date = (row: Row, id: string): string | undefined => this.#read("date", row, id);
  phone = (row: Row, id: string): string | undefined => this.#read("phone", row, id);
  email = (row: Row, id: string): string | undefined => this.#read("email", row, id);
  quantity = (row: Row, id: string): number | undefined => this.#read("quantity", row, id);
  word = (row: Row, id: string): string | undefined => this.#read("enumeration", row, id);
  text = (row: Row, id: string): string => this.#read("text", row, id) ?? "";

  /** A name that was not masked or lost on the way. */
  name(row: Row, id: string): string | undefined {
    const written = row[id] ?? "";
    if (written === "" || unknowable.test(written)) return undefined;
    return this.#read("person-name", row, id);
  }

  /** Whether a name is one as it is written, with nothing to put right or to mark. */
  isName(written: string): boolean {
    const context = this.#contextOf("name");
    if (unknowable.test(written) || isMarked(valueRules.encoding.clean(written, context))) return false;
    const cleaned = valueRules["person-name"].clean(written, context);
    return !isMarked(cleaned) && "changed" in cleaned && !cleaned.changed;
  }

  /**
   * Where an address lies, by the official divisions: of the columns of its levels, or of the beginning of its text. What
   * a shop masked ends what can be read. Undefined where nothing can be told for certain.
   */
  divisions(row: Row): Divisions | undefined {
    return this.#inPlace(this.#divisions, row, () => this.#divisionsOf(row));
  }

  /** Where somebody lives, as traits: the levels and the address as written where they are legible, then the divisions. */
  place(row: Row): Readonly<Record<string, unknown>> {
    return this.#inPlace(this.#places, row, () => {
      const kept: Record<string, unknown> = {};
      for (const id of ["province", "city", "district", "address"]) {
        const value = this.raw(row, id);
        if (value !== "" && !lost.test(value)) kept[id] = value;
      }
      return Object.assign(kept, this.#divisionsOf(row));
    });
  }

  #inPlace<Value>(known: KnownPlaces<Value>, row: Row, read: () => Value): Value {
    // A door of one's own is told by nobody else.
    if ((row["address"] ?? "") !== "") return read();
    const [province = "", city = "", district = ""] = [row["province"], row["city"], row["district"]];
    // By the district first, which tells the most apart, so that no text has to be put together to be looked for.
    let alike = known.get(district);
    if (alike === undefined || known.size > mostKnown) {
      if (known.size > mostKnown) known.clear();
      alike = [];
      known.set(ownText(district), alike);
    }
    const before = alike.find((one) => one.city === city && one.province === province);
    if (before !== undefined) return this.again(before.read);
    const found = this.recorded(read);
    if (alike.length > mostAlike) alike.length = 0;
    alike.push({ province: ownText(province), city: ownText(city), read: found });
    return found.value;
  }

  #divisionsOf(row: Row): Divisions | undefined {
    const levels = ["province", "city", "district"].map((id) => this.raw(row, id));
    const text = this.raw(row, "address");
    const at = ["address", "province", "city", "district"].find((id) => this.raw(row, id) !== "");
    if (at === undefined) return undefined;
    const stated = levels.join(" ").trim();
    const whole = stated === "" || text.startsWith(levels[0] || "\0") ? text || stated : `${stated} ${text}`;
    const legible = whole.slice(0, whole.search(unknowableOrEnd)).trim();
    if (legible === "") return undefined;
    const marked = new Set(this.marks);
    const found = this.#read("address", { [at]: legible }, at);
    // What the shop masked is no fault of the address.
    if (legible.length < whole.length) this.marks = marked;
    if (found === undefined) return undefined;
    const { code, province, city, district } = found;
    return { divisionCode: code, province, city: city || undefined, district: district || undefined };
  }

  /** The keyed hash of an identity card's number; left out with a mark where none can be made. */
  idNumber(row: Row, id: string): string | undefined {
    if (this.raw(row, id) === "") return undefined;
    const hash = this.#read("id-number", row, id);
    if (hash?.startsWith("id:")) return hash;
    this.marks.add("id-number-left-out");
    return undefined;
  }

  /** Fen; of an amount that is stated in yuan or in fen. */
  fen(row: Row, id: string): number | undefined {
    const stated = this.#read("money", row, id);
    if (stated !== undefined) return stated.fen;
    return row[`${id}Fen`] === undefined ? undefined : this.#read("money", row, `${id}Fen`)?.fen;
  }

  #read<Id extends ValueRuleId>(rule: Id, row: Row, id: string): RuleValues[Id] | undefined {
    const cell = row[id];
    if (cell === undefined || cell === "") return undefined;
    if (!repeating.has(rule)) return this.again(this.#clean(rule, cell, id));
    let known = this.#known.get(id);
    if (known === undefined || known.rule !== rule || known.values.size > mostKnown) {
      known = { rule, values: new Map() };
      this.#known.set(id, known);
    }
    let found = known.values.get(cell);
    if (found === undefined) {
      // Of its own from the start: what is made of it is often a piece of it.
      const own = ownText(cell);
      found = this.#clean(rule, own, id);
      known.values.set(own, found);
    }
    return this.again(found as Recorded<RuleValues[Id] | undefined>);
  }

  /** Reads a value, and keeps what is to be told of it. */
  #clean<Id extends ValueRuleId>(rule: Id, cell: string, id: string): Recorded<RuleValues[Id] | undefined> {
    const context = this.#contextOf(id);
    const told: Told[] = [];
    const marks: Mark[] = [];
    const written = worded.has(rule) ? this.#whole(cell, id, context, { told, marks }) : cell;
    const cleaned = valueRules[rule].clean(written, context) as Cleaned<RuleValues[Id]>;
    if (this.#context.tell !== undefined)
      told.push(...this.#tellings.ofValue({ rule, id, written, cleaned }, context));
    const telling = this.#tellings.of(told);
    if ("unreadable" in cleaned) return { value: undefined, telling, marks };
    if (cleaned.marks !== undefined) marks.push(...cleaned.marks);
    return { value: cleaned.value, telling, marks: marks.length === 0 ? noMarks : marks };
  }

  /** Words that were read in the wrong encoding somewhere on their way, as they were meant where that is certain. */
  #whole(cell: string, id: string, context: RuleContext, to: { told: Told[]; marks: Mark[] }): string {
    const cleaned = valueRules.encoding.clean(cell, context);
    if ("unreadable" in cleaned || cleaned.marks === undefined) return cell;
    if (this.#context.tell !== undefined)
      to.told.push(...this.#tellings.ofValue({ rule: "encoding", id, written: cell, cleaned }, context));
    to.marks.push(...cleaned.marks);
    return cleaned.value;
  }

  #contextOf(id: string): RuleContext {
    let context = this.#contexts.get(id);
    if (context === undefined) {
      const { field, unit, bulk, planned } = this.#targets.get(id) ?? {};
      const { zone, now, hash } = this.#context;
      context = { zone, now, hash, field, unit, bulk, planned };
      this.#contexts.set(id, context);
    }
    return context;
  }
}

const isMarked = (cleaned: Cleaned<unknown>): boolean =>
  !("unreadable" in cleaned) && (cleaned.marks?.length ?? 0) > 0;

/** Something as it was read, what is told of it and how it is marked: the same each time it is met. */
export interface Recorded<Value> {
  readonly value: Value;
  readonly telling: Telling | null;
  readonly marks: readonly Mark[];
}

const noMarks: readonly Mark[] = [];

/** What places came to, by their districts: one of a name in several cities. */
type KnownPlaces<Value> = Map<string, { province: string; city: string; read: Recorded<Value> }[]>;
const mostAlike = 200;

/** What the values of a column came to. */
interface Known {
  readonly rule: ValueRuleId;
  readonly values: Map<string, Recorded<unknown>>;
}
const mostKnown = 30_000;
/** Rules of columns that say the same over and over; of times, and of names and numbers of persons, each is another. */
const repeating: ReadonlySet<ValueRuleId> = new Set([
  ...(["text", "enumeration", "money", "quantity", "address", "date", "pack"] as const),
]);

const worded: ReadonlySet<ValueRuleId> = new Set(["text", "person-name", "enumeration", "address"]);
const unknowable = /[*＊\uFFFD]|锟|烫烫/;
const lost = /[*\uFFFD]|锟|烫烫/;
const unknowableOrEnd = /[*＊\uFFFD]|锟|烫烫|$/;

/** The reader of a kind of file within one reading of it, which is what a context is made for. */
export function cellsFor(targets: readonly Target[]): (context: RowContext) => Cells {
  const made = new WeakMap<RowContext, Cells>();
  return (context) => {
    let cells = made.get(context);
    if (cells === undefined) {
      cells = new Cells(targets, context);
      made.set(context, cells);
    }
    cells.begin();
    return cells;
  };
}
