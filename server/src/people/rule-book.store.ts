import type { IdentityRule } from "@stork/contract/identity.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { mostNodesPerPerson } from "./default-rules.ts";
import { type NamespaceRules, rulesWith } from "./identity.ts";

/** A workspace's rules as they are. */
export interface RuleSet {
  readonly of: NamespaceRules;
  readonly own: readonly IdentityRule[];
  readonly mostNodes: number;
  readonly version: number;
  /** Grows with every change that what is remembered must be forgotten for. */
  readonly epoch: number;
}

export interface RuleBook {
  /**
   * The rules, when they were looked at a moment ago; null: `look` first. Whoever asks all the time never has to: they
   * are looked at again beside the work, before they are too old.
   */
  current(workspace: number, db: Db): RuleSet | null;
  /** Reads them; in a transaction that holds the workspace's identity lock they are those in force. */
  look(db: Db | Tx, workspace: number): Promise<RuleSet>;
}

/**
 * How long a server trusts what it remembers without asking. Whoever changes what others remember waits as long before
 * it answers, so that nobody acts on the old state after the answer.
 */
const trustMs = 250;

/** From this age on they are looked at anew, while they are still trusted. */
const freshMs = 100;

/** Until every server has asked again whether its memory still holds. */
export const othersHaveLooked = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, trustMs));

interface Setting {
  rules: IdentityRule[];
  mostNodes: number;
  version: number;
  epoch: number;
}
const asItComes: Setting = { rules: [], mostNodes: mostNodesPerPerson, version: 0, epoch: 0 };

/** `onEpoch` is told when a workspace's memories must go. `sinceMs` counts milliseconds that no clock set back disturbs. */
export function createRuleBook(
  onEpoch: (workspace: number) => void,
  sinceMs: () => number = () => performance.now(),
): RuleBook {
  const sets = new Map<number, { set: RuleSet; until: number }>();
  const underway = new Set<number>();
  const book: RuleBook = {
    current(workspace, db) {
      const known = sets.get(workspace);
      const left = known === undefined ? 0 : known.until - sinceMs();
      if (known === undefined || left <= 0) return null;
      if (left < trustMs - freshMs && !underway.has(workspace)) {
        underway.add(workspace);
        // When it fails, the next one who finds them too old asks, and is told.
        const looking = book.look(db, workspace).catch(() => undefined);
        void looking.finally(() => underway.delete(workspace));
      }
      return known.set;
    },
    async look(db, workspace) {
      const asked = sinceMs();
      const setting = (await findSetting(db, workspace)) ?? asItComes;
      const known = sets.get(workspace);
      // Two looks may cross; the newer state stays.
      if (known !== undefined && known.set.epoch > setting.epoch) return known.set;
      const same = known?.set.version === setting.version && known.set.epoch === setting.epoch;
      const set = same ? known.set : ruleSet(setting);
      if (known !== undefined && known.set.epoch !== set.epoch) onEpoch(workspace);
      sets.set(workspace, { set, until: Math.max(asked + trustMs, known?.until ?? 0) });
      return set;
    },
  };
  return book;
}

/** Rules that nobody changes. */
export function fixedBook(of: NamespaceRules): RuleBook {
  const set: RuleSet = { of, own: [], mostNodes: mostNodesPerPerson, version: 0, epoch: 0 };
  return { current: () => set, look: async () => set };
}

const ruleSet = ({ rules, ...rest }: Setting): RuleSet => ({ ...rest, own: rules, of: rulesWith(rules) });

/** A workspace's rules, for a question in between; who judges by them asks the book. */
export const findRules = async (db: Db, workspace: number): Promise<RuleSet> =>
  ruleSet((await findSetting(db, workspace)) ?? asItComes);

async function findSetting(db: Db | Tx, workspace: number): Promise<Setting | null> {
  const { rows } = await sql<Setting>`
    select rules, most_nodes as "mostNodes", version, epoch from identity_setting
    where workspace_id = ${workspace}`.execute(db);
  return rows[0] ?? null;
}

/** What memories of this workspace hold is no longer so: every server forgets before it trusts them again. */
export async function bumpEpoch(tx: Db | Tx, workspace: number): Promise<void> {
  await sql`
    insert into identity_setting (workspace_id) values (${workspace})
    on conflict (workspace_id) do update set epoch = identity_setting.epoch + 1`.execute(tx);
}
