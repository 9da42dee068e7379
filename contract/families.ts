import { z } from "zod";
import { because, CalendarDate, Instant, Words } from "./common.ts";
import { Child } from "./people.ts";

/** What a carer is to the children of the family. */
export const carerRoles = ["mother", "father", "grandmother", "grandfather", "other", "unknown"] as const;
export const CarerRole = z.enum(carerRoles);
export type CarerRole = z.infer<typeof CarerRole>;

export const Carer = z.object({
  person: z.string(),
  /** Masked unless the caller's role may see it. */
  name: z.string().nullable(),
  phone: z.string().nullable(),
  role: CarerRole,
  since: Instant.nullable(),
  /** How it came: said by staff or a program, by a file, or a suggestion that somebody accepted. */
  how: z.enum(["stated", "import", "suggested"]).nullable(),
  by: z.string().nullable(),
});
export type Carer = z.infer<typeof Carer>;

/** How long the pregnancy had lasted at birth. */
export const Gestation = z.object({
  weeks: z.number().int().min(20).max(44),
  days: z.number().int().min(0).max(6).default(0),
});
export type Gestation = z.infer<typeof Gestation>;

export const FamilyChild = Child.extend({
  /** Whose word it is. */
  holder: z.string(),
  /** Persons outside the family who share this child. */
  sharedWith: z.array(z.string()),
  /** The same, and the holder where it lives with another family: who else cares for it. Always masked. */
  others: z.array(Carer),
  /** Notes on allergy and feeding: whether a guardian's consent allows them, and how many there are. */
  notes: z.object({ allowed: z.boolean(), kept: z.number() }),
});
export type FamilyChild = z.infer<typeof FamilyChild>;

export const FamilyChange = z.object({
  id: z.string(),
  kind: z.enum(["joined", "left", "shared", "unshared"]),
  person: z.string(),
  child: z.string().nullable(),
  role: CarerRole,
  how: z.enum(["stated", "import", "suggested"]),
  by: z.string(),
  reason: z.string().nullable(),
  at: Instant,
  undoneAt: Instant.nullable(),
  undoneBy: z.string().nullable(),
});
export type FamilyChange = z.infer<typeof FamilyChange>;

export const Family = z.object({
  id: z.string(),
  carers: z.array(Carer),
  children: z.array(FamilyChild),
  /** Joins and leavings, the newest first. */
  changes: z.array(FamilyChange),
});
export type Family = z.infer<typeof Family>;

const Reason = z.string().trim().min(1).max(300);
export const JoinFamily = z.object({ role: CarerRole.default("unknown"), reason: Reason.optional() });
export const Because = z.object({ reason: Reason });

const ChildWords = z.object({
  bornOn: CalendarDate.nullable().optional(),
  dueOn: CalendarDate.nullable().optional(),
  gender: z.enum(["female", "male", "unknown"]).optional(),
  name: z.string().trim().min(1).max(60).nullable().optional(),
  gestation: Gestation.nullable().optional(),
  /** The day the child came into the family; its stage goes by birth, and no pregnancy is claimed. */
  adoptedOn: CalendarDate.nullable().optional(),
});
export const NewChild = ChildWords.extend({
  /** The carer who holds it; the family's first one when not given. */
  carer: z.string().max(40).optional(),
  /** Another child of the same date as one already known. */
  twin: z.boolean().default(false),
}).refine((child) => child.bornOn != null || child.dueOn != null, {
  ...because("请填写生日或预产期", "bornOn or dueOn is needed"),
  path: ["bornOn"],
});
export type NewChild = z.infer<typeof NewChild>;
export const CorrectChild = ChildWords.refine(
  (child) => Object.keys(child).length > 0,
  because("没有写要改什么", "nothing is said"),
);
export type CorrectChild = z.infer<typeof CorrectChild>;

/** What was said of a child's dates, the newest first. */
export const ChildWord = z.object({
  bornOn: CalendarDate.nullable(),
  dueOn: CalendarDate.nullable(),
  gestation: Gestation.nullable(),
  adoptedOn: CalendarDate.nullable(),
  gender: z.enum(["female", "male", "unknown"]),
  removed: z.boolean(),
  by: z.string(),
  at: Instant,
  /** null: what counts now. */
  replacedAt: Instant.nullable(),
});
export const ChildHistory = z.object({ items: z.array(ChildWord) });
export type ChildHistory = z.infer<typeof ChildHistory>;

/** Notes on a child's health; kept only while a guardian consents to that purpose for that child. */
export const noteKinds = ["allergy", "feeding"] as const;
export const NoteKind = z.enum(noteKinds);
export type NoteKind = z.infer<typeof NoteKind>;
export const ChildNote = z.object({ kind: NoteKind, text: z.string(), by: z.string(), at: Instant });
export type ChildNote = z.infer<typeof ChildNote>;
export const ChildNotes = z.object({ items: z.array(ChildNote), needs: Words.nullable() });
export const StateNote = z.object({ text: z.string().trim().min(1).max(500) });
