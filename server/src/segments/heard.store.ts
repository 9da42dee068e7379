import type { Words } from "@stork/contract/common.ts";
import { identifyingKey } from "../people/personal.ts";
import { type ClickHouse, ch, joined, type Statement, str, u32 } from "../platform/clickhouse.ts";
import type { Mention } from "./condition.ts";
import { hasColumn } from "./properties.ts";

/** Rows looked through for a property; one that none of so many has is most likely misspelt. */
const mostRows = 2_000_000;

interface Doubt {
  /** A row if the thing was ever heard of. */
  seen: Statement;
  words: Words;
}

/** Warnings about events, properties and traits that nobody has ever sent. They count nobody, which is rarely meant. */
export async function findUnheard(
  clickhouse: ClickHouse,
  workspace: number,
  mentions: readonly Mention[],
): Promise<Words[]> {
  const different = [...new Map(mentions.map((mention) => [JSON.stringify(mention), mention])).values()];
  const doubts = different.flatMap((mention) => doubtOf(u32(workspace), mention));
  if (doubts.length === 0) return [];
  const questions = doubts.map(
    ({ seen }, i) => ch`select ${u32(i)} as i from (select 1 from (${seen}) limit 1)`,
  );
  const rows = await clickhouse.query<{ i: number }>(joined(questions, " union all "));
  const heard = new Set(rows.map(({ i }) => i));
  const unheard = doubts.filter((_, i) => !heard.has(i)).map(({ words }) => words);
  return [...new Map(unheard.map((words) => [words.en, words])).values()];
}

function doubtOf(workspace: ReturnType<typeof u32>, mention: Mention): Doubt[] {
  if ("segment" in mention || "tag" in mention) return [];
  if ("trait" in mention) {
    const { trait } = mention;
    const seen = ch`select 1 from trait where workspace = ${workspace} and key = ${str(trait)}`;
    if (identifyingKey(trait)) return [{ seen: ch`${seen} and 0`, words: sealedTrait(trait) }];
    return [{ seen, words: { zh: `还没有人有属性“${trait}”`, en: `nobody has the trait “${trait}” yet` } }];
  }
  const { event, property } = mention;
  const rows = ch`from event where workspace = ${workspace} and name = ${str(event)}`;
  if (property === undefined) {
    return [
      {
        seen: ch`select 1 ${rows}`,
        words: { zh: `还没有收到过事件“${event}”`, en: `the event “${event}” has never been received` },
      },
    ];
  }
  if (hasColumn(property)) return [];
  // Where the event itself is unknown, one warning is enough.
  const named = ch`position(properties, ${str(JSON.stringify(property))}) > 0`;
  return [
    {
      seen: ch`select 1 from (select properties ${rows} limit ${u32(mostRows)}) where ${named}
        union all select 1 where not exists (select 1 ${rows})`,
      words: {
        zh: `事件“${event}”里没有见过属性“${property}”`,
        en: `the event “${event}” has not been seen with a property “${property}”`,
      },
    },
  ];
}

const sealedTrait = (trait: string): Words => ({
  zh: `属性“${trait}”能识别个人，存放在保险库里，不能用来选人`,
  en: `the trait “${trait}” identifies people; it is kept in the vault and cannot select them`,
});
