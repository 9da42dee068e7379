import { sql } from "kysely";
import { type ClickHouse, ch } from "../platform/clickhouse.ts";
import type { Db } from "../platform/postgres.ts";
import { owedInOrder } from "./owed.ts";
import type { Change, PersonMap } from "./person-map.store.ts";
import { linesOf, seconds } from "./tab-text.ts";

export interface MirroredNode {
  readonly id: number;
  readonly workspace: number;
  readonly created: Date;
}

/** The place in order of where a node was made to belong: before every move of it. */
export const asMade = 0;

export interface MirroredMove {
  readonly seq: number;
  readonly node: number;
  readonly person: number;
  /** It came by a file that is still being read. */
  readonly imported?: boolean;
}

/** ClickHouse's copy of the nodes and of the map. PostgreSQL is right; this follows before anything is acknowledged. */
export interface Mirror {
  write(nodes: Iterable<MirroredNode>, moves: Iterable<MirroredMove>): Promise<void>;
  /** Brings the copy up to PostgreSQL after a stop in between; run at start. */
  recover(): Promise<void>;
}

/**
 * A sequence hands out numbers before their transaction commits, so the newest number in the copy does not prove that
 * all smaller ones are there: so many below it are written again. The copy keeps one of each.
 */
const margin = 50_000;
const slice = 100_000;

export function createMirror(db: Db, clickhouse: ClickHouse, personMap: PersonMap): Mirror {
  const nodes = owedInOrder<MirroredNode>((rows) =>
    clickhouse.insertLines("node", linesOf(rows, nodeLines()), ["workspace", "node", "created"]),
  );
  const moves = owedInOrder<MirroredMove>(async (rows) => {
    await clickhouse.insertLines("person_of", linesOf(rows, moveLine), ["node", "person", "version"]);
    personMap.changed(changeOf(rows));
  });

  async function recover(): Promise<void> {
    const [top] = await clickhouse.query<{ node: number; away: number; move: number }>(ch`
      select (select max(node) from node) as node, (select max(node) from person_of) as away,
        (select max(version) from person_of) as move`);
    await inSlices(
      Number(top?.node ?? 0) - margin,
      ({ id }) => id,
      nodes.write,
      async (from) => {
        const { rows } = await sql<MirroredNode>`
        select id, workspace_id as workspace, created_at as created from node
        where id > ${from} order by id limit ${slice}`.execute(db);
        return rows;
      },
    );
    // Those that were made to belong to another; where a move came later, that one counts. Before the moves, and from a
    // place of its own: a restored copy has its nodes, and nothing of the map.
    await inSlices(
      Number(top?.away ?? 0) - margin,
      ({ node }) => node,
      moves.write,
      async (from) => {
        const { rows } = await sql<MirroredMove>`
        select ${asMade}::bigint as seq, id as node, person from node
        where id > ${from} and person <> id order by id limit ${slice}`.execute(db);
        return rows;
      },
    );
    await inSlices(
      Number(top?.move ?? 0) - margin,
      ({ seq }) => seq,
      moves.write,
      async (from) => {
        const { rows } = await sql<MirroredMove>`
        select seq, node, person from person_move where seq > ${from} order by seq limit ${slice}`.execute(
          db,
        );
        return rows;
      },
    );
    await personMap.settled();
  }

  return {
    write: async (newNodes, newMoves) => {
      await Promise.all([nodes.write(newNodes), moves.write(newMoves)]);
    },
    recover,
  };
}

function changeOf(moves: readonly MirroredMove[]): Change {
  if (moves.some(({ seq }) => seq !== asMade)) return "moved";
  return moves.every(({ imported }) => imported) ? "imported" : "made";
}

async function inSlices<Row>(
  start: number,
  keyOf: (row: Row) => number,
  write: (rows: Row[]) => Promise<void>,
  read: (from: number) => Promise<Row[]>,
): Promise<void> {
  for (let from = start; ; ) {
    const rows = await read(from);
    await write(rows);
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return;
    from = keyOf(last);
  }
}

/** Those of one batch were made at one time. */
function nodeLines(): (node: MirroredNode) => string {
  let [last, text] = [Number.NaN, ""];
  return ({ id, workspace, created }) => {
    const ms = created.getTime();
    if (ms !== last) [last, text] = [ms, seconds(ms)];
    return `${workspace}\t${id}\t${text}\n`;
  };
}

const moveLine = ({ seq, node, person }: MirroredMove): string => `${node}\t${person}\t${seq}\n`;
