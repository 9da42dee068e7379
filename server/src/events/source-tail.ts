import type { CommittedRow } from "./committed-row.ts";
import { ownEvent } from "./own-event.ts";
import { stripPersonalData } from "./personal-data.ts";

/** Something refused at the door, masked. */
export interface TailedRefusal {
  receivedAt: number;
  code: string;
  item: string;
}

interface Ring {
  accepted: CommittedRow[];
  refused: TailedRefusal[];
}

const kept = 50;
const mostSources = 500;
const longestItem = 2_000;

/** The newest of each source, in this process's memory: what a live tail shows without asking the facts' engine. */
export class SourceTail {
  readonly #rings = new Map<number, Ring>();

  committed(rows: readonly CommittedRow[]): void {
    // Only the last can still be there afterwards.
    for (let i = Math.max(0, rows.length - kept); i < rows.length; i += 1) {
      const row = rows[i] as CommittedRow;
      const { accepted } = this.#ring(row.origin.source);
      // A row of its own: fifty rows of fifty deliveries would hold all that those brought.
      accepted.push({ node: row.node, origin: row.origin, event: ownEvent(row.event) });
      if (accepted.length > kept * 2) accepted.splice(0, kept);
    }
  }

  refused(source: number, code: string, item: unknown, receivedAt: number): void {
    const { refused } = this.#ring(source);
    refused.push({ code, item: shownItem(item), receivedAt });
    if (refused.length > kept * 2) refused.splice(0, kept);
  }

  /** Newest first. */
  of(source: number): { accepted: readonly CommittedRow[]; refused: readonly TailedRefusal[] } {
    const ring = this.#rings.get(source);
    return {
      accepted: ring?.accepted.slice(-kept).reverse() ?? [],
      refused: ring?.refused.slice(-kept).reverse() ?? [],
    };
  }

  #ring(source: number): Ring {
    const known = this.#rings.get(source);
    if (known !== undefined) return known;
    if (this.#rings.size >= mostSources) this.#rings.delete(this.#rings.keys().next().value as number);
    const fresh: Ring = { accepted: [], refused: [] };
    this.#rings.set(source, fresh);
    return fresh;
  }
}

/** Ids and traits are left out: what is wrong with an item is seen without knowing who it is about. */
const identifying =
  /^(userId|anonymousId|previousId|distinct_id|login_id|anonymous_id|original_id|identities|identifiers|traits|externalIds|device|ip)$/;

function shownItem(item: unknown): string {
  try {
    const text = JSON.stringify(item, (key, value) =>
      identifying.test(key) && value !== "" && value !== null ? "****" : value,
    );
    const value: unknown = JSON.parse(text ?? "null");
    const { json } = stripPersonalData({ item: value });
    return json.slice(8, -1).slice(0, longestItem);
  } catch {
    return "…";
  }
}
