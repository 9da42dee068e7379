import { randomBytes } from "node:crypto";
import { CopyRows, copyIn } from "../server/src/platform/copy-in.ts";
import type { Graph } from "./identity-changes.ts";
import { cpuSeconds } from "./processes.ts";

/** As many pairs a transaction as people/identity.store.ts writes at once. */
const slice = 5_000;
/** Above any number that was given. */
const firstId = 2 ** 40;

/**
 * What PostgreSQL alone takes for the rows of new pairs: two nodes and an edge each, made beforehand, copied into the very
 * tables with their indexes as they are by then, and committed. Nothing is hashed, sealed, looked up or judged, and
 * ClickHouse hears of none: no way of writing pairs can be faster.
 */
export async function measureCopy(
  { db, workspace }: Pick<Graph, "db" | "workspace">,
  pairs: number,
): Promise<{ perSecond: number; cpuMicros: number }> {
  let [tookMs, cpu] = [0, 0];
  for (let from = 0; from < pairs; from += slice) {
    const nodes = new CopyRows(9, slice * 512);
    const edges = new CopyRows(8, slice * 128);
    const at = from + slice;
    for (let i = from; i < at; i += 1) addPair(nodes, edges, workspace, firstId + 2 * i);
    const before = cpuSeconds(process.pid);
    const began = performance.now();
    await db.transaction().execute(async (tx) => {
      const edge = "edge (workspace_id, a, b, rule, source_id, message, at, state)";
      await copyIn(tx, edge, edges);
      const columns =
        "workspace_id, namespace, value_hash, sealed_value, mask_hash, person, source_id, created_at";
      await copyIn(tx, `node (id, ${columns})`, nodes);
    });
    tookMs += performance.now() - began;
    cpu += cpuSeconds(process.pid) - before;
  }
  return {
    perSecond: Math.round((pairs / tookMs) * 1000),
    cpuMicros: Math.round((cpu / pairs) * 1e7) / 10,
  };
}

const made = Date.UTC(2026, 0, 1);

function addPair(nodes: CopyRows, edges: CopyRows, workspace: number, id: number): void {
  for (const [node, namespace, mask] of [
    [id, "member:tmall", null],
    [id + 1, "phone", randomBytes(32)],
  ] as const) {
    nodes.row();
    nodes.bigint(node);
    nodes.int(workspace);
    nodes.text(namespace);
    nodes.bytes(randomBytes(32));
    // A nonce, a tag and what was sealed.
    nodes.bytes(randomBytes(28 + 14));
    if (mask === null) nodes.missing();
    else nodes.bytes(mask);
    nodes.bigint(id);
    nodes.int(1);
    nodes.instant(made);
  }
  edges.row();
  edges.int(workspace);
  edges.bigint(id);
  edges.bigint(id + 1);
  edges.text("same-row");
  edges.int(1);
  edges.text(`row-${id}`);
  edges.instant(made);
  edges.text("live");
}
