import type { Purpose } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import { dateIn } from "../catalog/calendar.ts";
import { Refusal } from "../platform/refusal.ts";
import type { ConsentSaid } from "./consent.store.ts";
import type { PrivacyParts } from "./parts.ts";
import type { Reader } from "./preference.store.ts";
import type { Act } from "./preference-acts.ts";
import type { AskedRight, Notice } from "./preference-view.ts";
import { findSilences } from "./silences.store.ts";
import { sayConsent } from "./word.store.ts";

/** The dates of a child as she says them. */
interface SaidDates {
  readonly bornOn?: string;
  readonly dueOn?: string;
}

/** What her page may do that later rooms answer for (house/privacy.ts). */
export interface PageParts extends PrivacyParts {
  readonly children: {
    add(workspace: number, person: number, dates: SaidDates, by: string): Promise<void>;
    save(workspace: number, person: number, child: string, dates: SaidDates, by: string): Promise<void>;
    remove(workspace: number, person: number, child: string, by: string): Promise<void>;
  };
  openRequest(reader: Reader, kind: AskedRight, who: string): Promise<void>;
}

/** Does what she asks, at once, and says what to tell her. */
export async function doAct(parts: PageParts, reader: Reader, act: Act): Promise<Notice> {
  const { workspace, person } = reader;
  const by = `person:${person}`;
  const say = (said: Omit<ConsentSaid, "by" | "at">) =>
    sayConsent(parts, workspace, person, { ...said, by, at: parts.clock.now() });
  switch (act.do) {
    case "consent": {
      const { purpose, state, channel, child, version } = act;
      // From a page that was open since before the birthday.
      if (state === "granted" && (await isOfAge(parts, reader, child))) return "of-age";
      await say({
        purpose,
        state,
        channel,
        child: child === undefined ? undefined : Number(child),
        textVersion: version,
      });
      return "saved";
    }
    case "none":
      for (const purpose of everything) await say({ purpose, state: "withdrawn" });
      return "none";
    case "quiet": {
      const child = act.child === undefined ? null : Number(act.child);
      await parts.quiet.keep(workspace, { person, child, why: "tap", by });
      return "quiet";
    }
    case "unquiet":
      await unquiet(parts, workspace, person, by);
      return "unquiet";
    case "child-remove":
      await parts.children.remove(workspace, person, act.child, by);
      return "child-removed";
    case "child-save":
      return dated(() => parts.children.save(workspace, person, act.child, datesOf(act), by), "child-saved");
    case "child-add":
      return dated(() => parts.children.add(workspace, person, datesOf(act), by), "child-added");
    case "copy":
    case "explain":
    case "delete":
      await parts.openRequest(reader, act.do, by);
      return act.do;
  }
}

const everything: readonly Purpose[] = ["marketing", "research", "sharing"];

const datesOf = ({ kind, date }: { kind: "born" | "due"; date: string }): SaidDates =>
  kind === "born" ? { bornOn: date } : { dueOn: date };

/** A date that cannot be is told in the page's own words. */
async function dated(work: () => Promise<void>, notice: Notice): Promise<Notice> {
  try {
    await work();
    return notice;
  } catch (error) {
    if (error instanceof Refusal && error.kind.status < 500) return "date-wrong";
    throw error;
  }
}

async function unquiet(
  { db, clock, quiet }: PageParts,
  workspace: number,
  person: number,
  by: string,
): Promise<void> {
  const at = clock.now();
  for (const { id, endedAt } of await findSilences(db, workspace, person)) {
    if (endedAt !== null) continue;
    const end = { by, reason: null, at };
    await quiet.end(workspace, Number(id), end);
  }
}

/** PIPL 31: from 14 on it is not the guardian's to say. */
async function isOfAge(
  { db, clock }: PageParts,
  { workspace, timeZone }: Reader,
  child: string | undefined,
): Promise<boolean> {
  if (child === undefined || !/^\d{1,15}$/.test(child)) return false;
  const { rows } = await sql`
    select from child where workspace_id = ${workspace} and id = ${Number(child)}
      and born_on + interval '14 years' <= ${dateIn(timeZone, clock.now())}::date`.execute(db);
  return rows.length > 0;
}
