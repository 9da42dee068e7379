import { z } from "zod";
import { because, Instant, Words } from "./common.ts";

/** What of two persons is compared. */
export const linkFields = ["names", "phones", "emails", "addresses", "birthdays", "childBirthdays"] as const;
export const LinkField = z.enum(linkFields);
export type LinkField = z.infer<typeof LinkField>;

const day: readonly Words[] = [
  { zh: "不同", en: "different" },
  { zh: "同年，或不同年的同月同日", en: "same year, or same day of another year" },
  { zh: "差两位数字", en: "two digits off" },
  { zh: "差一位数字", en: "one digit off" },
  { zh: "差一天", en: "a day apart" },
  { zh: "月日颠倒", en: "day and month swapped" },
  { zh: "按农历相同", en: "the same by the lunar calendar" },
  { zh: "相同", en: "the same" },
];

/** The fields and, from the least alike to the same, how alike they may be: the levels of models/linking. */
export const linkFieldFacts: Readonly<Record<LinkField, { label: Words; levels: readonly Words[] }>> = {
  names: {
    label: { zh: "姓名", en: "Name" },
    levels: [
      { zh: "不同", en: "different" },
      { zh: "同姓", en: "same surname" },
      { zh: "差一个字", en: "one character differs" },
      { zh: "打码或缺字，其余相同", en: "masked or characters missing, the rest agrees" },
      { zh: "同音", en: "sounds the same" },
      { zh: "姓名顺序颠倒", en: "order swapped" },
      { zh: "相同", en: "the same" },
    ],
  },
  phones: {
    label: { zh: "手机", en: "Phone" },
    levels: [
      { zh: "不同", en: "different" },
      { zh: "后四位相同", en: "same last four" },
      { zh: "打码，露出的差一位", en: "masked, one shown digit differs" },
      { zh: "错一位或两位颠倒", en: "one digit wrong or two swapped" },
      { zh: "打码，露出的全同", en: "masked, all that is shown agrees" },
      { zh: "相同", en: "the same" },
    ],
  },
  emails: {
    label: { zh: "邮箱", en: "E-mail" },
    levels: [
      { zh: "不同", en: "different" },
      { zh: "名称相近", en: "names alike" },
      { zh: "笔误", en: "a slip" },
      { zh: "同名，不同邮箱服务", en: "same name, other host" },
      { zh: "相同", en: "the same" },
    ],
  },
  addresses: {
    label: { zh: "地址", en: "Address" },
    levels: [
      { zh: "不同地方", en: "elsewhere" },
      { zh: "同城", en: "same city" },
      { zh: "同区县", en: "same district" },
      { zh: "街道或小区相近", en: "street alike" },
      { zh: "街道小区相同，门牌不同", en: "same street, other door" },
      { zh: "街道与门牌相同", en: "same street and door" },
      { zh: "相同", en: "the same" },
    ],
  },
  birthdays: { label: { zh: "本人生日", en: "Birthday" }, levels: day },
  childBirthdays: { label: { zh: "宝宝生日或预产期", en: "Child's birthday or due date" }, levels: day },
};

/** One step of a decision: bits for (above 0) or against one person. */
export const LinkStep = z.object({
  field: LinkField,
  /** Its place among the field's levels; null: one of the two says nothing. */
  level: z.int().nullable(),
  bits: z.number(),
  /** Of these, how many because the value is rarer (or commoner) than others. */
  frequencyBits: z.number(),
});
export type LinkStep = z.infer<typeof LinkStep>;

/** Why two are probably one person: kept with a suggestion, without anything of either. */
export const LinkEvidence = z.object({
  model: z.int(),
  priorBits: z.number(),
  steps: z.array(LinkStep),
  weight: z.number(),
  chance: z.number(),
});
export type LinkEvidence = z.infer<typeof LinkEvidence>;

export const LinkThresholds = z
  .object({
    /** From this chance on a pair is asked about. */
    review: z.number().min(0.05).max(1),
    /** From this chance on a pair counts as certain. */
    certain: z.number().min(0.9).max(1),
    /** Certain pairs are joined without asking. A join can be undone. */
    joinCertain: z.boolean(),
    /** Linked again by itself after new records. */
    automatic: z.boolean(),
  })
  .refine(
    ({ review, certain }) => review <= certain,
    because("review 不能高于 certain", "review must not be above certain"),
  );
export type LinkThresholds = z.infer<typeof LinkThresholds>;

export const LinkCard = z.object({
  /** none: never run. built-in: too few records, shipped figures are used. learned: by EM from this workspace. */
  state: z.enum(["none", "built-in", "learned"]),
  version: z.int().nullable(),
  learnedAt: Instant.nullable(),
  /** What it was learned from. */
  persons: z.int(),
  pairs: z.int(),
  /** Of two persons taken at random: the chance that they are one. */
  lambda: z.number().nullable(),
  fields: z.array(
    z.object({
      field: LinkField,
      label: Words,
      /** m: the chance of the level for one person; u: for two; bits: log2 (m/u). */
      levels: z.array(z.object({ name: Words, m: z.number(), u: z.number(), bits: z.number() })),
    }),
  ),
  thresholds: LinkThresholds,
  run: z.object({
    state: z.enum(["never", "running", "done", "failed"]),
    startedAt: Instant.nullable(),
    finishedAt: Instant.nullable(),
    compared: z.int(),
    suggested: z.int(),
    joined: z.int(),
    /** Questions of earlier runs that what is told now, or the model of today, asks no more. */
    withdrawn: z.int(),
  }),
  /** Persons with keys, those not compared yet, and open suggestions. */
  counts: z.object({ persons: z.int(), pending: z.int(), waiting: z.int() }),
});
export type LinkCard = z.infer<typeof LinkCard>;
