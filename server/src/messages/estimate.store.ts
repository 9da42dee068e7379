import type { Estimate } from "@stork/contract/campaigns.ts";
import type { ClickHouse } from "../platform/clickhouse.ts";
import type { WorkspaceRef } from "../platform/workspaces.store.ts";
import { armOf } from "./arms.ts";
import { audienceOf, chosenByChildren } from "./audience.store.ts";
import type { CampaignRecord } from "./campaign.store.ts";
import { channels } from "./channels.ts";
import { type Compiled, compile } from "./content.ts";
import { gatherFacts } from "./gate.store.ts";
import { objection } from "./gate.ts";
import type { MessagesParts } from "./parts.ts";
import { calendarDay, nextOpening } from "./quiet-hours.ts";
import { type Reason, reasonWords } from "./reasons.ts";
import { loadRecipients } from "./recipients.store.ts";

const slice = 5000;
/** The template is tried on so many of those whom the gate lets pass; beyond that the rest is taken to be like them. */
const mostTried = 2000;

/** What would happen if the campaign started now, asked of the same gate that will decide then. */
export async function estimateCampaign(
  parts: MessagesParts,
  workspace: WorkspaceRef,
  campaign: CampaignRecord,
): Promise<Estimate> {
  const { db, clickhouse, clock } = parts;
  const now = clock.now();
  const day = calendarDay(now, workspace.timeZone);
  const { addressedBy } = channels[campaign.channelKind];
  const audience = await audienceOf(db, workspace.id, campaign.segment, now);
  const byChildrenAt = (await chosenByChildren(db, workspace.id, campaign.segment)) ? now : null;
  const question = { workspace: workspace.id, campaign: null, addressedBy, byChildrenAt, day };
  const counts = { audience: 0, holdout: 0, passed: 0 };
  const held = new Map<Reason, number>();
  const sample = sampler(mostTried);
  for await (const persons of audience === null ? [] : personsOf(clickhouse, audience)) {
    counts.audience += persons.length;
    const treated = persons.filter(
      (person) => armOf(campaign.seed, person, campaign.holdoutShare) === "treated",
    );
    counts.holdout += persons.length - treated.length;
    for (let from = 0; from < treated.length; from += slice) {
      const some = treated.slice(from, from + slice);
      const facts = await gatherFacts(db, question, some);
      for (const [i, known] of facts.entries()) {
        const reason = objection(known);
        if (reason !== null) held.set(reason, (held.get(reason) ?? 0) + 1);
        else {
          counts.passed += 1;
          sample.offer(some[i] as number);
        }
      }
    }
  }
  const tried = sample.taken();
  const missing = await countMissing(parts, workspace, compile(campaign), tried, day);
  const unfit = tried.length === 0 ? 0 : Math.round((missing * counts.passed) / tried.length);
  if (unfit > 0) held.set("missing-value", unfit);
  return {
    audience: counts.audience,
    holdout: counts.holdout,
    reachable: counts.passed - unfit,
    held: [...held]
      .map(([reason, persons]) => ({
        reason,
        label: reasonWords(reason) ?? { zh: reason, en: reason },
        persons,
      }))
      .sort((a, b) => b.persons - a.persons),
    startsAt: nextOpening(now, workspace.timeZone).toISOString(),
  };
}

async function* personsOf(
  clickhouse: ClickHouse,
  audience: Parameters<ClickHouse["stream"]>[0],
): AsyncGenerator<number[]> {
  for await (const rows of clickhouse.stream<{ person: number }>(audience)) {
    yield rows.map(({ person }) => Number(person));
  }
}

/** For how many of them the template lacks something. */
async function countMissing(
  parts: MessagesParts,
  workspace: WorkspaceRef,
  compiled: Compiled,
  persons: readonly number[],
  day: string,
): Promise<number> {
  let missing = 0;
  const addresses = { link: () => "", unsubscribe: "", preferences: "" };
  for (let from = 0; from < persons.length; from += 500) {
    const recipients = await loadRecipients(parts, workspace.id, persons.slice(from, from + 500), day);
    for (const { values } of recipients.values()) {
      if (compiled.render(values, addresses).outcome !== "rendered") missing += 1;
    }
  }
  return missing;
}

/** Every one of few, every second of more, every fourth of many …: spread evenly, never more than `most`. */
function sampler(most: number): { offer(person: number): void; taken(): number[] } {
  let kept: number[] = [];
  let stride = 1;
  let seen = 0;
  return {
    offer(person) {
      if (seen % stride === 0) kept.push(person);
      seen += 1;
      if (kept.length <= most) return;
      kept = kept.filter((_, i) => i % 2 === 0);
      stride *= 2;
    },
    taken: () => kept,
  };
}
