import type { ProofEntry, RightsRequest, RightsRequestPage } from "@stork/contract/rights.ts";
import { displayName } from "../people/display-name.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { Db } from "../platform/postgres.ts";
import { maskIdentifier, maskName } from "../privacy/masking.ts";
import { findIdentifiers } from "../profiles/person-nodes.store.ts";
import { clockOn } from "./deadline.ts";
import type { ProofRow } from "./proof.store.ts";
import type { RequestRow } from "./requests.store.ts";
import { placeWords, stepWords } from "./steps.ts";

/** Requests as they are shown: whoever answers them recognises her by masks. */
export async function showRequests(
  { db, vault }: { db: Db; vault: Vault },
  workspace: number,
  rows: readonly RequestRow[],
  today: string,
): Promise<RightsRequest[]> {
  const persons = [...new Set(rows.flatMap(({ person }) => (person === null ? [] : [person])))];
  const traits = Map.groupBy(await findVaultTraits(db, vault, workspace, persons), (one) => one.person);
  const nodes = Map.groupBy(await findIdentifiers(db, vault, workspace, persons), (one) => one.person);
  return rows.map((row) => {
    const name = row.person === null ? null : displayName(traits.get(row.person) ?? []);
    const phone = nodes.get(row.person ?? -1)?.find(({ namespace }) => namespace === "phone");
    return {
      ...{ id: String(row.id), kind: row.kind, state: row.state, by: row.by, verified: row.verified },
      person: row.person === null ? null : String(row.person),
      name: name === null ? null : maskName(name),
      phone: phone === undefined ? null : maskIdentifier("phone", phone.value),
      child: row.child === null ? null : String(row.child),
      oneChild: row.oneChild,
      openedAt: row.openedAt.toISOString(),
      clock: row.endedAt === null ? clockOn(row.dueOn, today) : null,
      extended: row.extended,
      assignee: row.assignee === null ? null : { id: row.assignee, name: row.assigneeName ?? "" },
      endedAt: row.endedAt?.toISOString() ?? null,
    };
  });
}

export function showPage(
  vault: Vault,
  row: RequestRow,
  shown: RightsRequest,
  proof: readonly ProofRow[],
): RightsRequestPage {
  const opened = (sealed: Buffer | null) => (sealed === null ? null : vault.open(row.workspace, sealed));
  return {
    ...shown,
    note: opened(row.sealedNote),
    reason: opened(row.sealedReason),
    ground: row.ground as RightsRequestPage["ground"],
    hold: row.hold,
    steps: proof.map(showProof),
    places: row.places.map((place) => ({ ...place, words: placeWords(place.place) })),
  };
}

export const showProof = ({
  number,
  request,
  at,
  who,
  step,
  detail,
  previous,
  hash,
}: ProofRow): ProofEntry => ({
  ...{ number, who, step, detail, words: stepWords(step) },
  request: request === null ? null : String(request),
  at: at.toISOString(),
  previous: previous.toString("hex"),
  hash: hash.toString("hex"),
});
