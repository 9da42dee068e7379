import type {
  KindOfData,
  MonthOfData,
  Policy,
  PolicyPreview,
  StorageOverview,
  StoredKind,
  TierPrices,
} from "@stork/contract/storage.ts";
import { findSegments, savedSegments } from "../segments/segments.store.ts";
import { looksBackDaysOf } from "../segments/sentence.ts";
import { findArchives, shownArchive } from "./archive.store.ts";
import { findBackups } from "./backup/backups.store.ts";
import { planMoves } from "./plan.ts";
import { findRuns } from "./runs.store.ts";
import { findHolds, findPolicies, findPrices, heldDays } from "./settings.store.ts";
import { addSizes, afterMoves, type Ratios, ratiosOf, sizesOf } from "./sizes.ts";
import type { KindOfStorage, Stores } from "./stored-kind.ts";
import { kindNames, kindOf } from "./stored-kinds.store.ts";

/** What does not change while one page is made. */
export interface View {
  workspace: number;
  /** Today in the workspace's time zone. */
  today: string;
  /** Whether there is a place for files of cold data. */
  cold: boolean;
}

interface Ground {
  policies: Map<StoredKind, Policy>;
  prices: TierPrices;
  ratios: Ratios;
  archives: Awaited<ReturnType<typeof findArchives>>;
  holds: Awaited<ReturnType<typeof findHolds>>;
  runs: Awaited<ReturnType<typeof findRuns>>;
}

export async function readOverview(
  stores: Stores,
  view: View,
  more: { freeBytes: number | null; busy: boolean },
): Promise<StorageOverview> {
  const ground = await readGround(stores, view.workspace);
  const kinds = await Promise.all(kindNames.map((kind) => readKind(stores, view, kind, ground)));
  return {
    kinds,
    now: addSizes(kinds.map(({ now }) => now)),
    after: addSizes(kinds.map(({ after }) => after)),
    ...{ prices: ground.prices, holds: ground.holds, runs: ground.runs },
    archives: ground.archives.filter(({ state }) => state === "cold").map(shownArchive),
    backups: await findBackups(stores.db),
    ...more,
  };
}

export async function readOneKind(stores: Stores, view: View, kind: StoredKind): Promise<KindOfData> {
  return readKind(stores, view, kind, await readGround(stores, view.workspace));
}

async function readGround({ db }: Stores, workspace: number): Promise<Ground> {
  const [policies, prices, archives, holds, runs] = await Promise.all([
    findPolicies(db, workspace),
    findPrices(db, workspace),
    findArchives(db, workspace),
    findHolds(db, workspace),
    findRuns(db, workspace),
  ]);
  return { policies, prices, ratios: ratiosOf(runs), archives, holds, runs };
}

async function readKind(stores: Stores, view: View, kind: StoredKind, ground: Ground): Promise<KindOfData> {
  const meaning = kindOf(kind);
  const months = await monthsOf(stores, view, kind, ground.archives);
  const policy = ground.policies.get(kind) ?? meaning.policy;
  const { moves } = planMoves(months, policy, able(meaning, view), view.today, heldDays(ground.holds, kind));
  return {
    kind,
    label: meaning.label,
    what: meaning.what,
    tiers: meaning.tiers.filter((tier) => tier !== "cold" || view.cold),
    policy,
    isDefault: !ground.policies.has(kind),
    now: sizesOf(months, ground.prices),
    after: sizesOf(afterMoves(months, moves, ground.ratios), ground.prices),
    months,
  };
}

/** What is in the table, and beside it what is in files. */
export async function monthsOf(
  stores: Stores,
  { workspace }: View,
  kind: StoredKind,
  archives: Ground["archives"],
): Promise<MonthOfData[]> {
  const measured = await kindOf(kind).measure(stores, workspace);
  const cold = archives
    .filter((archive) => archive.kind === kind && archive.state === "cold")
    .map(({ month, rows, bytes }): MonthOfData => ({ month, tier: "cold", rows, bytes }));
  return [...measured, ...cold].sort((a, b) => (a.month ?? "").localeCompare(b.month ?? ""));
}

/** Which of the steps a kind can take here. */
export const able = ({ tiers, facts }: KindOfStorage, { cold }: Pick<View, "cold">) => ({
  warm: facts !== null && tiers.includes("warm"),
  cold: facts !== null && cold && tiers.includes("cold"),
});

export async function previewPolicy(
  stores: Stores,
  view: View,
  kind: StoredKind,
  policy: Policy,
): Promise<PolicyPreview> {
  const ground = await readGround(stores, view.workspace);
  const meaning = kindOf(kind);
  const months = await monthsOf(stores, view, kind, ground.archives);
  const held = heldDays(ground.holds, kind);
  const plan = planMoves(months, policy, able(meaning, view), view.today, held);
  return {
    moves: plan.moves.map(({ step, month, rows, bytes }) => ({ step, month, rows, bytes })),
    held: plan.held,
    after: sizesOf(afterMoves(months, plan.moves, ground.ratios), ground.prices),
    segments: kind === "events" ? await segmentsBeyond(stores, view.workspace, policy) : [],
  };
}

/** Segments whose answer would change, since they look back further than what they can see. */
async function segmentsBeyond({ db }: Stores, workspace: number, policy: Policy) {
  const seen = Math.min(
    policy.coldAfterDays ?? Number.POSITIVE_INFINITY,
    policy.deleteAfterDays ?? Number.POSITIVE_INFINITY,
  );
  const segments = await findSegments(db, workspace);
  const saved = savedSegments(segments);
  return segments.flatMap(({ id, name, where }) => {
    const days = looksBackDaysOf(where, saved);
    return days > seen ? [{ id: String(id), name, days: Number.isFinite(days) ? days : null }] : [];
  });
}
