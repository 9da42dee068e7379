import type { Language } from "@stork/contract/common.ts";
import type { Definition } from "@stork/contract/journeys.ts";
import { findChannel } from "../messages/channel.store.ts";
import { compile } from "../messages/content.ts";
import { unknownChannel } from "../messages/refusals.ts";
import type { Db, Tx } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { checkCondition } from "../segments/check.ts";
import { unknownSegment } from "../segments/refusals.ts";
import { findSegments, savedSegments } from "../segments/segments.store.ts";
import { entryMeaning } from "./entries.ts";
import { stepMeaning } from "./steps.ts";

/** Refuses what nobody could carry out: a segment or channel that is not there, a condition or a template with mistakes. */
export async function checkDefinition(
  db: Db | Tx,
  workspace: number,
  { entry, steps }: Definition,
  language: Language,
): Promise<void> {
  const segments = savedSegments(await findSegments(db, workspace));
  const asked = entryMeaning(entry).asks(entry);
  if (asked?.kind === "member" && !segments.has(asked.segment)) throw new Refusal(unknownSegment);
  if (asked !== null) checkCondition(asked, segments, language);
  for (const step of steps) {
    const where = stepMeaning(step).asks(step);
    if (where !== null) checkCondition(where, segments, language);
    const says = stepMeaning(step).says(step);
    if (says === null) continue;
    compile(says.content);
    if ((await findChannel(db as Db, workspace, Number(says.channel))) === null)
      throw new Refusal(unknownChannel);
  }
}
