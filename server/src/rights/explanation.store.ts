import type { Words } from "@stork/contract/common.ts";
import type { Explanation } from "@stork/contract/rights.ts";
import { sql } from "kysely";
import { findChildren } from "../people/child.store.ts";
import type { Vault } from "../people/vault.store.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { findUnpersonalised } from "../privacy/unpersonalised.store.ts";
import { findPlainTraits } from "../profiles/person-facts.store.ts";
import { findIdentifiers } from "../profiles/person-nodes.store.ts";
import { findSegments } from "../segments/segments.store.ts";
import { findSegmentsOf } from "../segments/segments-of.store.ts";
import { mentionsOf, sentenceOf } from "../segments/sentence.ts";

export interface ExplainingParts {
  readonly db: Db;
  readonly clickhouse: ClickHouse;
  readonly vault: Vault;
}

/** Why she is in which segment, which campaigns chose her and how the draw went, what was only inferred of her children. */
export async function explainPerson(
  parts: ExplainingParts,
  workspace: number,
  person: number,
): Promise<Explanation> {
  const { db, clickhouse, vault } = parts;
  const nodes = (await findIdentifiers(db, vault, workspace, [person])).map(({ node }) => node);
  const [traits, ofHers, all, campaigns, children, unpersonalised] = await Promise.all([
    findPlainTraits(clickhouse, workspace, nodes),
    findSegmentsOf({ db, clickhouse }, workspace, person),
    findSegments(db, workspace),
    findCampaigns(db, workspace, nodes),
    findChildren(db, workspace, [person]),
    findUnpersonalised(db, workspace, [person]),
  ]);
  const saved = new Map(all.map((segment) => [String(segment.id), segment]));
  const known = new Map(traits.map(({ key, value }) => [key, value]));
  return {
    segments: ofHers.flatMap(({ id, name, since }) => {
      const segment = saved.get(id);
      if (segment === undefined) return [];
      const spoken = mentionsOf(segment.where).flatMap((mention) =>
        "trait" in mention ? [mention.trait] : [],
      );
      const facts = [...new Set(spoken)].flatMap((key) => {
        const value = known.get(key);
        return value === undefined || value === "" ? [] : [{ name: key, value }];
      });
      return [{ id, name, since, condition: sentenceOf(segment.where, saved), facts }];
    }),
    campaigns,
    children: children.map(({ id, source, confidence }) => ({
      ...{ id: String(id), source, confidence },
      words: childWords(source, confidence),
    })),
    nonPersonalised: unpersonalised.has(person),
  };
}

async function findCampaigns(
  db: Db,
  workspace: number,
  nodes: readonly number[],
): Promise<Explanation["campaigns"]> {
  const { rows } = await sql<{
    id: number;
    name: string;
    segment: string | null;
    journey: string | null;
    arm: string;
    state: string;
    reason: string | null;
    at: Date;
    holdout: number;
  }>`
    select campaign.id, campaign.name, segment.name as segment, journey.name as journey, message.arm, message.state, message.reason,
      coalesce(message.sent_at, message.handed_at, message.due_at) as at, campaign.holdout_share as holdout
    from message join campaign on campaign.id = message.campaign_id
    left join segment on segment.id = campaign.segment_id left join journey on journey.id = campaign.journey_id
    where message.workspace_id = ${workspace} and message.person = any(${[...nodes]}::bigint[])
    order by at desc limit 500`.execute(db);
  return rows.map(({ id, at, holdout, segment, journey, ...one }) => ({
    ...one,
    segment: segment ?? journey ?? "",
    id: String(id),
    at: at.toISOString(),
    words:
      journey === null
        ? campaignWords({ ...one, segment: segment ?? "" }, Math.round(holdout * 100))
        : journeyWords(journey, one.state),
  }));
}

function campaignWords(one: { segment: string; arm: string; state: string }, holdout: number): Words {
  const chosen = {
    zh: `属于人群「${one.segment}」，因此被选中。`,
    en: `Chosen as a member of the segment “${one.segment}”. `,
  };
  if (one.arm === "holdout")
    return {
      zh: `${chosen.zh}随机抽签分到 ${holdout}% 的对照组：不发送，只用于比较效果。`,
      en: `${chosen.en}A random draw put her into the ${holdout}% holdout: nothing is sent, for comparison only.`,
    };
  return one.state === "sent"
    ? {
        zh: `${chosen.zh}抽签分到发送组，消息已发出。`,
        en: `${chosen.en}The draw put her among those written to; the message was sent.`,
      }
    : {
        zh: `${chosen.zh}抽签分到发送组，但没有发出。`,
        en: `${chosen.en}Drawn to be written to, but not sent.`,
      };
}

const journeyWords = (journey: string, state: string): Words =>
  state === "sent"
    ? {
        zh: `进入了旅程「${journey}」，到这一步时消息已发出。`,
        en: `Came into the journey “${journey}”; at this step of it the message was sent.`,
      }
    : {
        zh: `进入了旅程「${journey}」，到这一步时没有发出。`,
        en: `Came into the journey “${journey}”; at this step of it nothing was sent.`,
      };

const childWords = (source: string, confidence: number): Words =>
  source === "stated"
    ? { zh: "由她或数据来源说明，不是推测。", en: "Stated by her or a source, not inferred." }
    : {
        zh: `由购买记录推测，把握 ${Math.round(confidence * 100)}%。她说出生日后，推测立即作废。`,
        en: `Inferred from purchases, ${Math.round(confidence * 100)}% sure. A stated birthday replaces it at once.`,
      };
