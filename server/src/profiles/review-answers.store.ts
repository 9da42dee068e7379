import type { AnswerReview } from "@stork/contract/identity.ts";
import type { z } from "zod";
import type { Change } from "../people/decision.ts";
import { refusals } from "../people/refusals.ts";
import type { SuggestionKind } from "../people/review.store.ts";
import { answerReview, type StoredReview } from "../people/reviews.store.ts";
import type { Caller } from "../platform/caller.ts";
import { Refusal } from "../platform/refusal.ts";
import type { IdentityRoutesParts } from "./identity-parts.ts";

type Answer = "accept" | "reject";

/** What an answer changes, by the kind of question; null: nothing of who is who. */
const changes: Readonly<Record<SuggestionKind, (item: StoredReview, answer: Answer) => Change | null>> = {
  conflict: sameOrNever,
  "same-person": sameOrNever,
  household: () => null,
  // The value counts as shared already; what is asked is whether those it joined part.
  shared: ({ a }, answer) =>
    answer === "accept" ? { kind: "share", node: a } : { kind: "unshare", node: a },
};

function sameOrNever({ aPerson, bPerson }: StoredReview, answer: Answer): Change {
  return answer === "accept"
    ? { kind: "merge", a: aPerson, b: bPerson, rule: "review" }
    : { kind: "never-same", a: aPerson, b: bPerson };
}

/** Takes an answer down and does what follows from it. */
export async function answer(
  parts: IdentityRoutesParts,
  workspace: number,
  item: StoredReview,
  said: z.output<typeof AnswerReview> & { caller: Caller },
): Promise<void> {
  if (item.state !== "open" && item.state !== "later") throw new Refusal(refusals.answeredAlready);
  const { db, clock } = parts;
  const { caller, reason } = said;
  const word = { who: caller.who, reason, at: clock.now() };
  if (said.answer === "later") {
    await answerReview(db, workspace, item.id, { ...word, state: "later", decision: null });
    return;
  }
  const change = changes[item.kind](item, said.answer);
  if (change === null) {
    if (said.answer === "accept")
      await parts.joinFamily(workspace, { a: item.aPerson, b: item.bPerson }, { caller, reason });
    await settle(parts, workspace, item, { ...word, answer: said.answer, decision: null });
    return;
  }
  const { decision } = await parts.changes.make(workspace, change, word);
  await settle(parts, workspace, item, { ...word, answer: said.answer, decision });
}

async function settle(
  { db }: IdentityRoutesParts,
  workspace: number,
  { id }: StoredReview,
  {
    answer: given,
    ...word
  }: { answer: Answer; who: string; reason: string; at: Date; decision: number | null },
): Promise<void> {
  const state = given === "accept" ? "accepted" : "rejected";
  if (!(await answerReview(db, workspace, id, { ...word, state })))
    throw new Refusal(refusals.answeredAlready);
}
