import type { Db } from "../platform/postgres.ts";
import { Refusal } from "../platform/refusal.ts";
import { mentionedSegments } from "../segments/sentence.ts";
import { findUnfinished } from "./journey.store.ts";
import { usesSegment } from "./refusals.ts";
import { conditionsOf } from "./stands-on.ts";

/** Refuses that a segment goes while a journey that is not over lets in by it, or asks for it on the way. */
export async function keepSegment(db: Db, workspace: number, segment: string): Promise<void> {
  const users = (await findUnfinished(db, workspace)).filter(({ definition }) =>
    conditionsOf(definition).some((where) => mentionedSegments(where).includes(segment)),
  );
  if (users.length > 0)
    throw new Refusal(usesSegment, { journeys: users.map(({ name }) => name).join("、") });
}
