import type { Mark } from "../../cleaning/marks.ts";
import type { Cleaned, RuleContext, RuleValues, ValueRuleId } from "../../cleaning/rule.ts";
import { valueRules } from "../../cleaning/rules.ts";
import type { Row, RowContext, Target } from "../preset.ts";

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
  readonly #context: RowContext;
  /** What the rules marked in the record that is being read. */
  marks = new Set<Mark>();

  constructor(targets: readonly Target[], context: RowContext) {
    this.#targets = new Map(targets.map((target) => [target.id, target]));
    this.#context = context;
  }

  /** Forgets what was marked before. */
  begin(): void {
    if (this.marks.size > 0) this.marks = new Set();
  }

  /** As it stands, without blanks around it; "" when absent. */
  raw = (row: Row, id: string): string => row[id]?.trim() ?? "";

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

  /**
   * Where an address lies, by the official divisions: of the columns of its levels, or of the beginning of its text. What
   * a shop masked ends what can be read. Undefined where nothing can be told for certain.
   */
  divisions(row: Row): Divisions | undefined {
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
    const { fen } = this.#read("money", row, id) ?? this.#read("money", row, `${id}Fen`) ?? {};
    return fen;
  }

  #read<Id extends ValueRuleId>(rule: Id, row: Row, id: string): RuleValues[Id] | undefined {
    const cell = row[id];
    if (cell === undefined || cell === "") return undefined;
    const context = this.#contextOf(id);
    const written = worded.has(rule) ? this.#whole(cell, id, context) : cell;
    const cleaned = valueRules[rule].clean(written, context) as Cleaned<RuleValues[Id]>;
    const { tell } = this.#context;
    if (tell !== undefined) this.#tell(rule, id, written, cleaned, context);
    if ("unreadable" in cleaned) return undefined;
    if (cleaned.marks !== undefined) for (const mark of cleaned.marks) this.marks.add(mark);
    return cleaned.value;
  }

  /** Words that were read in the wrong encoding somewhere on their way, as they were meant where that is certain. */
  #whole(cell: string, id: string, context: RuleContext): string {
    const cleaned = valueRules.encoding.clean(cell, context);
    if ("unreadable" in cleaned || cleaned.marks === undefined) return cell;
    if (this.#context.tell !== undefined) this.#tell("encoding", id, cell, cleaned, context);
    for (const mark of cleaned.marks) this.marks.add(mark);
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

  #tell<Id extends ValueRuleId>(
    rule: Id,
    id: string,
    written: string,
    cleaned: Cleaned<RuleValues[Id]>,
    context: RuleContext,
  ): void {
    if ("unreadable" in cleaned) {
      // An empty cell in other words ("-", "无") is no fault.
      if (cleaned.unreadable !== "empty")
        this.#context.tell?.(rule, id, "unreadable", written, cleaned.unreadable);
      return;
    }
    const show = valueRules[rule].show as (value: RuleValues[Id], context: RuleContext) => string;
    const result = (cleaned.marks?.length ?? 0) > 0 ? "marked" : cleaned.changed ? "changed" : "kept";
    this.#context.tell?.(
      rule,
      id,
      result,
      written,
      result === "kept" ? written : show(cleaned.value, context),
    );
  }
}

const worded: ReadonlySet<ValueRuleId> = new Set(["text", "person-name", "enumeration", "address"]);
const unknowable = /[*＊\uFFFD]|锟|烫烫/;
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
