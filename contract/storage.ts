import { z } from "zod";
import { CalendarDate, Instant, Words } from "./common.ts";

/** What is kept, by the questions that are asked of it. */
export const StoredKind = z.enum(["events", "records", "memberships", "quality", "quarantine", "raw-files"]);
export type StoredKind = z.infer<typeof StoredKind>;

/** Hot: as it came. Warm: the same table, pressed harder. Cold: Parquet files, which segments do not look into. */
export const Tier = z.enum(["hot", "warm", "cold"]);
export type Tier = z.infer<typeof Tier>;

const Days = z.number().int().min(1).max(36_500).nullable();
/** After how many days data moves on; null: never. Each step has to come later than the one before. */
export const Policy = z.object({ warmAfterDays: Days, coldAfterDays: Days, deleteAfterDays: Days });
export type Policy = z.infer<typeof Policy>;

/** What a gigabyte costs a month in each tier, in fen, for the sums on the page; a company writes its own. */
export const TierPrices = z.object({
  hot: z.number().min(0),
  warm: z.number().min(0),
  cold: z.number().min(0),
});
export type TierPrices = z.infer<typeof TierPrices>;

export const TierSize = z.object({ tier: Tier, rows: z.number(), bytes: z.number(), yearlyFen: z.number() });
export type TierSize = z.infer<typeof TierSize>;
export const Sizes = z.object({
  tiers: z.array(TierSize),
  rows: z.number(),
  bytes: z.number(),
  yearlyFen: z.number(),
});
export type Sizes = z.infer<typeof Sizes>;

export const MonthOfData = z.object({
  /** YYYY-MM; null for what is not kept by month. */
  month: z.string().nullable(),
  tier: Tier,
  rows: z.number(),
  bytes: z.number(),
});
export type MonthOfData = z.infer<typeof MonthOfData>;

export const KindOfData = z.object({
  kind: StoredKind,
  label: Words,
  /** One sentence: what it is, and what is lost with it. */
  what: Words,
  /** Which steps this kind can take. */
  tiers: z.array(Tier),
  policy: Policy,
  isDefault: z.boolean(),
  now: Sizes,
  /** As it would be once the policy has been carried out; estimated with the ratios measured so far. */
  after: Sizes,
  months: z.array(MonthOfData),
});
export type KindOfData = z.infer<typeof KindOfData>;

export const LifeCycleStep = z.enum(["warm", "cold", "delete", "bring-back"]);
export type LifeCycleStep = z.infer<typeof LifeCycleStep>;
export const LifeCycleRun = z.object({
  id: z.string(),
  kind: StoredKind,
  step: LifeCycleStep,
  month: z.string().nullable(),
  rows: z.number(),
  bytesBefore: z.number(),
  bytesAfter: z.number(),
  at: Instant,
  by: z.string(),
});
export type LifeCycleRun = z.infer<typeof LifeCycleRun>;

/** Nothing of this kind and time is deleted while the hold stands, whatever the policy says. */
export const LegalHold = z.object({
  id: z.string(),
  kind: StoredKind.nullable(),
  from: CalendarDate.nullable(),
  to: CalendarDate.nullable(),
  reason: z.string(),
  placedBy: z.string(),
  placedAt: Instant,
  releasedBy: z.string().nullable(),
  releasedAt: Instant.nullable(),
});
export type LegalHold = z.infer<typeof LegalHold>;
export const NewLegalHold = z.object({
  kind: StoredKind.nullable().default(null),
  from: CalendarDate.nullable().default(null),
  to: CalendarDate.nullable().default(null),
  reason: z.string().trim().min(1).max(500),
});

export const Archive = z.object({
  id: z.string(),
  kind: StoredKind,
  month: z.string(),
  rows: z.number(),
  bytes: z.number(),
  at: Instant,
  /** Where the file is, under the data folder. */
  file: z.string(),
});
export type Archive = z.infer<typeof Archive>;

export const Backup = z.object({
  id: z.string(),
  startedAt: Instant,
  finishedAt: Instant.nullable(),
  /** Rows of both engines. */
  rows: z.number(),
  bytes: z.number(),
  by: z.string(),
  problem: Words.nullable(),
});
export type Backup = z.infer<typeof Backup>;

export const StorageOverview = z.object({
  kinds: z.array(KindOfData),
  now: Sizes,
  after: Sizes,
  prices: TierPrices,
  freeBytes: z.number().nullable(),
  holds: z.array(LegalHold),
  archives: z.array(Archive),
  backups: z.array(Backup),
  runs: z.array(LifeCycleRun),
  /** True while the policies are being carried out. */
  busy: z.boolean(),
});
export type StorageOverview = z.infer<typeof StorageOverview>;

/** What a policy would do, before it is set. */
export const PolicyPreview = z.object({
  moves: z.array(
    z.object({ step: LifeCycleStep, month: z.string().nullable(), rows: z.number(), bytes: z.number() }),
  ),
  /** Held back by a legal hold. */
  held: z.number(),
  after: Sizes,
  /** Segments that look back further than what stays in hot and warm would reach. */
  segments: z.array(z.object({ id: z.string(), name: z.string(), days: z.number().nullable() })),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;

/** A question to archived events: how many, by month and name. */
export const ArchiveQuestion = z.object({
  from: CalendarDate.optional(),
  to: CalendarDate.optional(),
  event: z.string().min(1).max(200).optional(),
});
export const ArchiveAnswer = z.object({
  rows: z.array(
    z.object({
      month: z.string(),
      name: z.string(),
      events: z.number(),
      persons: z.number(),
      amountFen: z.number(),
    }),
  ),
  tookMs: z.number(),
});
export type ArchiveAnswer = z.infer<typeof ArchiveAnswer>;
