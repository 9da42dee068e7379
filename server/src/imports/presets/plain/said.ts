import { ownText } from "../../../events/own-text.ts";
import type { Row } from "../../preset.ts";
import { cleanCell } from "../../reading/clean-cell.ts";
import type { CutRow } from "../../reading/cut-row.ts";

/** What stands where in a file's rows, by target. */
export class Said {
  readonly #at: ReadonlyMap<string, number>;
  readonly #blank: Row;
  /** How many columns are read. */
  readonly columns: number;

  constructor(places: readonly (readonly [string, number])[]) {
    this.#at = new Map(places);
    this.#blank = Object.fromEntries(places.map(([target]) => [target, ""]));
    this.columns = Math.max(0, ...places.map(([, at]) => at + 1));
  }

  place(target: string): number | undefined {
    return this.#at.get(target);
  }

  /** The columns of those of these that the file has. */
  places(targets: readonly string[]): number[] {
    return targets.flatMap((target) => this.#at.get(target) ?? []);
  }

  /** What a row says under some targets, for the rules that read rows; what else it says is left out. To be remembered. */
  row(cut: CutRow, targets: readonly string[]): Row {
    const row: Record<string, string> = { ...this.#blank };
    for (const target of targets) {
      const at = this.#at.get(target);
      if (at !== undefined) row[target] = ownText(cleanCell(cut.cell(at)));
    }
    return row;
  }
}
