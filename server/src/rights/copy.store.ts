import { type Purpose, purposeFacts } from "@stork/contract/privacy.ts";
import type { Explanation } from "@stork/contract/rights.ts";
import { sql } from "kysely";
import { findChildren } from "../people/child.store.ts";
import { findVaultTraits } from "../people/trait.store.ts";
import { ch, list, u32 } from "../platform/clickhouse.ts";
import { silencesOf } from "../privacy/silence.store.ts";
import { findPlainTraits, traitValue } from "../profiles/person-facts.store.ts";
import { findEvidence, findIdentifiers } from "../profiles/person-nodes.store.ts";
import { type ExplainingParts, explainPerson } from "./explanation.store.ts";

/** One line of what is held, in its section; the same for the machine-readable and the readable form. */
export interface CopySection {
  readonly name: string;
  readonly zh: string;
  readonly en: string;
  readonly rows: AsyncIterable<Record<string, unknown>> | Iterable<Record<string, unknown>>;
}

/** Everything held of a person, section by section; her events come last, as a stream. */
export async function sectionsOf(
  parts: ExplainingParts,
  workspace: number,
  person: number,
): Promise<CopySection[]> {
  const { db, clickhouse, vault } = parts;
  const identifiers = await findIdentifiers(db, vault, workspace, [person]);
  const nodes = identifiers.map(({ node }) => node);
  const who = identifiers.map(({ namespace, value, since }) => ({ namespace, value, since }));
  return [
    section("identifiers", "标识", "Identifiers", who),
    section("traits", "属性", "Traits", await findTraits(parts, workspace, person, nodes)),
    section("children", "宝宝", "Children", await findHerChildren(parts, workspace, person)),
    section("consents", "授权与撤回", "Consents and withdrawals", await findConsents(parts, nodes)),
    ...(await decided(parts, workspace, person)),
    section("sources", "数据来源", "Where it came from", await findSources(parts, nodes)),
    section("recipients", "提供给了谁", "Who was told", await findRecipients(parts, workspace, nodes)),
    section("corrections", "更正记录", "Corrections", await findCorrections(parts, workspace, nodes)),
    section("records", "业务记录", "Records of orders and services", readRecords(parts, workspace, nodes)),
    section("events", "行为记录", "Events", readEvents(clickhouse, workspace, nodes)),
  ];
}

async function findTraits(
  { db, clickhouse, vault }: ExplainingParts,
  workspace: number,
  person: number,
  nodes: readonly number[],
) {
  const sealed = await findVaultTraits(db, vault, workspace, [person]);
  const plain = await findPlainTraits(clickhouse, workspace, nodes);
  const said = plain.filter(({ value }) => value !== "");
  return [
    ...sealed.map(({ key, value, at }) => ({ key, value, at })),
    ...said.map(({ key, value, atMs }) => ({ key, value: traitValue(value), at: new Date(Number(atMs)) })),
  ];
}

async function findHerChildren({ db, vault }: ExplainingParts, workspace: number, person: number) {
  const children = await findChildren(db, workspace, [person]);
  return children.map(({ bornOn, dueOn, gender, sealedName, source, confidence, statedBy, statedAt }) => ({
    name: sealedName === null ? null : vault.open(workspace, sealedName),
    ...{ bornOn, dueOn, gender, source, confidence, statedBy, statedAt },
  }));
}

/** What was decided about her, and why. */
async function decided(parts: ExplainingParts, workspace: number, person: number): Promise<CopySection[]> {
  const { segments, campaigns } = await explainPerson(parts, workspace, person);
  const silences = (await silencesOf(parts.db, workspace, [person])).get(person) ?? [];
  const evidence = await findEvidence(parts.db, workspace, person);
  const messages = campaigns.map(({ name, segment, arm, state, at, words }) => ({
    ...{ name, segment, arm, state, at, why: words.zh, whyEn: words.en },
  }));
  const quiet = silences.map(({ since, why }) => ({ since, why }));
  const joined = evidence.map(({ rule, source, at }) => ({ rule, source, at }));
  return [
    section("silences", "静默", "Silences", quiet),
    section("segments", "所在人群及原因", "Segments, and why", segments.map(segmentRow)),
    section("messages", "活动与消息", "Campaigns and messages", messages),
    section("evidence", "标识如何关联到一起", "How the identifiers were joined", joined),
  ];
}

const section = (name: string, zh: string, en: string, rows: CopySection["rows"]): CopySection => ({
  name,
  zh,
  en,
  rows,
});

const segmentRow = ({ name, since, condition, facts }: Explanation["segments"][number]) => ({
  ...{ name, since, condition: condition.zh, conditionEn: condition.en },
  facts: facts.map((fact) => `${fact.name} = ${fact.value}`).join("; "),
});

async function findConsents({ db }: ExplainingParts, nodes: readonly number[]) {
  const { rows } = await sql<{
    purpose: Purpose;
    state: string;
    at: Date;
    by: string;
    textVersion: number | null;
  }>`
    select distinct purpose, state, at, said_by as by, text_version as "textVersion" from consent
    where node = any(${[...nodes]}::bigint[]) order by at`.execute(db);
  return rows.map((row) => ({ ...row, law: purposeFacts[row.purpose]?.law ?? "" }));
}

async function findSources({ db }: ExplainingParts, nodes: readonly number[]) {
  const { rows } = await sql<{ source: string; kind: string; firstAt: Date }>`
    select source.name as source, source.kind, min(node.created_at) as "firstAt"
    from node join source on source.id = node.source_id where node.id = any(${[...nodes]}::bigint[])
    group by 1, 2 order by 3`.execute(db);
  return rows;
}

async function findRecipients({ db }: ExplainingParts, workspace: number, nodes: readonly number[]) {
  const { rows } = await sql<{ recipient: string; topic: string; times: number; lastAt: Date }>`
    select webhook.name as recipient, delivery.topic, count(*)::int as times, max(delivery.created_at) as "lastAt"
    from webhook join webhook_delivery as delivery on delivery.webhook_id = webhook.id
    where webhook.workspace_id = ${workspace} and delivery.body -> 'data' ->> 'person' = any(${nodes.map(String)}::text[])
      and delivery.delivered_at is not null
    group by 1, 2 order by 1, 2`.execute(db);
  return rows;
}

async function findCorrections({ db, vault }: ExplainingParts, workspace: number, nodes: readonly number[]) {
  const { rows } = await sql<{ what: string; before: Buffer | null; after: Buffer | null; at: Date }>`
    select what, sealed_before as before, sealed_after as after, at from rights_correction
    where node = any(${[...nodes]}::bigint[]) order by id`.execute(db);
  const read = (bytes: Buffer | null): unknown =>
    bytes === null ? null : JSON.parse(vault.open(workspace, bytes));
  return rows.map(({ before, after, ...one }) => ({ ...one, before: read(before), after: read(after) }));
}

async function* readRecords({ clickhouse }: ExplainingParts, workspace: number, nodes: readonly number[]) {
  const chunks = clickhouse.stream<{ kind: string; at: string; key: string; fields: string }>(ch`
    select toString(kind) as kind, toString(at) as at, key, fields from record_version final
    where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)} order by at`);
  for await (const chunk of chunks)
    for (const { fields, ...row } of chunk) yield { ...row, fields: read(fields) };
}

async function* readEvents(
  clickhouse: ExplainingParts["clickhouse"],
  workspace: number,
  nodes: readonly number[],
) {
  const chunks = clickhouse.stream<{
    at: string;
    name: string;
    type: string;
    amountFen: number;
    properties: string;
  }>(ch`
    select toString(event.at) as at, toString(name) as name, toString(type) as type, amount_fen as amountFen, properties
    from event final where workspace = ${u32(workspace)} and node in ${list("UInt64", nodes)}
    order by event.at, message`);
  for await (const chunk of chunks)
    for (const { properties, ...row } of chunk)
      yield { ...row, amountFen: Number(row.amountFen), properties: read(properties) };
}

function read(json: string): unknown {
  try {
    return JSON.parse(json || "{}");
  } catch {
    return {};
  }
}
