import type { Entry, EntryKind, Journey, NewJourney, Step, StepKind } from "@stork/contract/journeys.ts";
import type { PropertyFilter } from "@stork/contract/segments.ts";
import type { z } from "zod";
import { finished, unfinished } from "../segments/draft.ts";

export type Wanted = z.infer<typeof NewJourney>;

/** A step has no name of its own; while it is moved about it is known by a key. */
export interface DraftStep {
  key: number;
  step: Step;
}
export interface Draft extends Omit<Wanted, "steps"> {
  steps: DraftStep[];
}

/** What a new entry of each kind starts as; some must still be filled in. */
export const entryBeginnings: { [K in EntryKind]: Extract<Entry, { kind: K }> } = {
  event: { kind: "event", event: "Order Completed", where: [] },
  segment: { kind: "segment", segment: "", present: true },
  stage: { kind: "stage", in: [] },
  date: { kind: "date", of: "due", offsetDays: -14, at: "10:00" },
};

export const stepBeginnings = (content: {
  subject: string;
  body: string;
}): { [K in StepKind]: Extract<Step, { kind: K }> } => ({
  wait: { kind: "wait", minutes: 1440, until: "10:00" },
  message: { kind: "message", channel: "", content },
  condition: {
    kind: "condition",
    where: { kind: "did", event: "Order Completed", count: { op: "=", value: 0 }, withinDays: 30 },
  },
  exit: { kind: "exit" },
});

export const draftOf = ({ name, entry, steps, reentry }: Pick<Journey, keyof Wanted>): Draft => ({
  ...{ name, entry, reentry },
  steps: steps.map((step, key) => ({ key, step })),
});

/** What is sent: a condition without the lines that are still empty is refused before (see missingIn). */
export const wantedOf = ({ name, entry, steps, reentry }: Draft): Wanted => ({
  ...{ name: name.trim(), entry, reentry },
  steps: steps.map(({ step }) => step),
});

export const nextKey = (steps: readonly DraftStep[]): number =>
  steps.reduce((most, { key }) => Math.max(most, key), -1) + 1;

/** A step one place up (-1) or down (1); at an end it stays. */
export function moved(steps: readonly DraftStep[], key: number, by: -1 | 1): DraftStep[] {
  const from = steps.findIndex((one) => one.key === key);
  const to = from + by;
  const one = steps[from];
  if (one === undefined || to < 0 || to >= steps.length) return [...steps];
  return steps.toSpliced(from, 1).toSpliced(to, 0, one);
}

export type Missing = "event" | "filter" | "segment" | "stage" | "wait" | "channel" | "body" | "condition";

/** What must still be filled in: of the name, of the way in, and of each step by its key. */
export function missingIn({ name, entry, steps }: Draft): {
  name: boolean;
  entry: Missing | null;
  noSteps: boolean;
  steps: ReadonlyMap<number, Missing>;
} {
  return {
    name: name.trim() === "",
    entry: missingInEntry(entry),
    noSteps: steps.length === 0,
    steps: new Map(
      steps.flatMap(({ key, step }) => {
        const missing = missingInStep(step);
        return missing === null ? [] : [[key, missing] as const];
      }),
    ),
  };
}

function missingInEntry(entry: Entry): Missing | null {
  switch (entry.kind) {
    case "event":
      return entry.event === "" ? "event" : entry.where.every(isWhole) ? null : "filter";
    case "segment":
      return entry.segment === "" ? "segment" : null;
    case "stage":
      return entry.in.length === 0 ? "stage" : null;
    case "date":
      return null;
  }
}

function missingInStep(step: Step): Missing | null {
  switch (step.kind) {
    case "wait":
      return step.minutes > 0 || step.until !== undefined ? null : "wait";
    case "message":
      return step.channel === "" ? "channel" : step.content.body.trim() === "" ? "body" : null;
    case "condition":
      return finished(step.where) === null || unfinished(step.where) > 0 ? "condition" : null;
    case "exit":
      return null;
  }
}

const isWhole = ({ property, op, value }: PropertyFilter): boolean =>
  property !== "" &&
  (op === "exists" || (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== ""));

const units = { days: 1440, hours: 60, minutes: 1 } as const;
export type Unit = keyof typeof units;
export const unitNames = Object.keys(units) as Unit[];
export const minutesOf = (n: number, unit: Unit): number => n * units[unit];
/** The largest unit in which so many minutes are a whole number. */
export const unitOf = (minutes: number): Unit =>
  unitNames.find((unit) => minutes > 0 && minutes % units[unit] === 0) ?? "days";
export const inUnit = (minutes: number, unit: Unit): number => minutes / units[unit];
