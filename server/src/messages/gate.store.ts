import type { ConsentChannel } from "@stork/contract/privacy.ts";
import { sql } from "kysely";
import type { Db, Tx } from "../platform/postgres.ts";
import { type BarredReason, findBarred, type Leaving } from "../privacy/leave.store.ts";
import type { Facts } from "./gate.ts";

export interface GateQuestion {
  readonly workspace: number;
  /** null when nothing is planned yet. */
  readonly campaign: number | null;
  readonly addressedBy: string | null;
  /** When they were chosen through their children's dates (segments/sentence.ts); null: in another way. */
  readonly byChildrenAt: Date | null;
  /** The calendar day whose messages count. */
  readonly day: string;
}

/**
 * What the gate must know about many people at once, in the order asked; each id stands for whoever it is today. Where
 * each was chosen at a time of its own, `chosenAt` tells it in the same order.
 */
export async function gatherFacts(
  db: Db | Tx,
  question: GateQuestion,
  ids: readonly number[],
  chosenAt: readonly (Date | null)[] = ids.map(() => question.byChildrenAt),
): Promise<Facts[]> {
  const { workspace, campaign, addressedBy, day } = question;
  const { rows } = await sql<FactRow>`
    with asked as (
      select id, place from unnest(${[...ids]}::bigint[]) with ordinality as list (id, place)
    ), who as (
      select asked.place, node.person from asked join node on node.id = asked.id and node.workspace_id = ${workspace}
    ), known as (
      select who.place, node.id, node.namespace, suppression.reason
      from who join node on node.workspace_id = ${workspace} and node.person = who.person
      left join suppression using (workspace_id, namespace, value_hash)
    ), reachable as (
      -- A bounced address is passed over for another one; any other word of refusal counts for the whole person.
      select place, max(id) filter (where namespace = ${addressedBy} and reason is null) as address,
        bool_or(namespace = ${addressedBy} and reason = 'bounced') as bounced,
        min(reason) filter (where reason <> 'bounced') as suppressed
      from known group by place
    ), counted as (
      select known.place, count(*) filter (where message.day = ${day}::date) as today,
        bool_or(message.campaign_id = ${campaign}) as reached
      from known join message on message.workspace_id = ${workspace} and message.person = known.id
      where message.day is not null and message.state in ('sending', 'sent', 'unknown')
        and (message.day = ${day}::date or message.campaign_id = ${campaign})
      group by known.place
    )
    select who.person, address, bounced, suppressed, today, reached
    from asked left join who using (place) left join reachable using (place)
      left join counted using (place)
    order by asked.place`.execute(db);
  const persons = rows.flatMap(({ person }) => (person === null ? [] : [person]));
  const byChildrenAt = earliest(rows.map(({ person }, i) => [person, chosenAt[i] ?? null]));
  const barred = await findBarredNow(db, workspace, persons, { addressedBy, byChildrenAt });
  return rows.map((row) =>
    factsOf(row, addressedBy, row.person === null ? null : (barred.get(row.person) ?? null)),
  );
}

/** Of one person asked about twice the choice that knew least counts. */
export function earliest(
  chosen: readonly (readonly [number | null, Date | null])[],
): (person: number) => Date | null {
  const found = new Map<number, Date | null>();
  for (const [person, at] of chosen) {
    if (person === null) continue;
    const before = found.get(person);
    found.set(person, before === undefined || at === null || (before !== null && at < before) ? at : before);
  }
  return (person) => found.get(person) ?? null;
}

/** A message of a campaign is marketing, by the channel that its address tells. */
export const findBarredNow = (
  db: Db | Tx,
  workspace: number,
  persons: readonly number[],
  { addressedBy, byChildrenAt }: Pick<GateQuestion, "addressedBy"> & Pick<Leaving, "byChildrenAt">,
): Promise<Map<number, BarredReason>> =>
  findBarred(db, workspace, persons, "marketing", {
    channel: addressedBy === null ? null : (channelOf[addressedBy] ?? null),
    ...(byChildrenAt === undefined ? {} : { byChildrenAt }),
  });

const channelOf: Readonly<Record<string, ConsentChannel>> = { email: "email", phone: "sms" };

interface FactRow {
  person: number | null;
  address: number | null;
  bounced: boolean | null;
  suppressed: NonNullable<Facts["suppressed"]> | null;
  today: number | null;
  reached: boolean | null;
}

function factsOf(row: FactRow, addressedBy: string | null, barred: Facts["barred"]): Facts {
  const unreachable = addressedBy !== null && row.address === null;
  return {
    person: row.person,
    address: addressedBy === null ? null : (row.address ?? "none"),
    barred,
    suppressed: row.suppressed ?? (unreachable && row.bounced ? "bounced" : null),
    messagesToday: row.today ?? 0,
    reachedByCampaign: row.reached ?? false,
  };
}
