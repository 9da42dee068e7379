/** Where the tables of the facts are made: on one engine, or on every server of a cluster. */
export interface Place {
  /** The cluster's name in the servers' configuration; null for one engine. */
  cluster: string | null;
}

/** The statements of a migration file: comments dropped, split at the semicolons that end a line. */
export function statementsOf(file: string): string[] {
  return file
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("--"))
    .join("\n")
    .split(/;[^\S\n]*(?:--[^\n]*)?(?:\n|$)/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

/**
 * A statement of a migration as it runs at a place. Everywhere "create" becomes "create … if not exists", so that a
 * migration killed half-way runs again. On a cluster a table becomes three things: the statement ON CLUSTER, its engine
 * replicated under the name NAME_local, and a Distributed front under the name everybody reads and writes.
 */
export function placed(statement: string, place: Place): string[] {
  const made = /^create\s+(table|view|materialized\s+view|dictionary)\s+(?:if\s+not\s+exists\s+)?(\w+)/i.exec(
    statement,
  );
  if (!made) return place.cluster === null ? [statement] : changedOnCluster(statement, place.cluster);
  const [head, kind = "", name = ""] = made;
  const rest = statement.slice(head.length);
  const on = place.cluster === null ? "" : ` on cluster ${quoted(place.cluster)}`;
  if (place.cluster === null || kind.toLowerCase() !== "table") {
    return [`create ${kind} if not exists ${name}${on}${rest}`];
  }
  const local = `${name}_local`;
  const key = shardKey(rest);
  return [
    `create table if not exists ${local}${on}${replicated(rest)}`,
    `create table if not exists ${name}${on} as ${local}\n` +
      `engine = Distributed(${quoted(place.cluster)}, currentDatabase(), ${local}, ${key})`,
  ];
}

/** MergeTree(…) → ReplicatedMergeTree('path', '{replica}', …); {uuid} keeps the path free after a drop. */
function replicated(body: string): string {
  return body.replace(
    /\bengine\s*=\s*(\w*MergeTree)\b(?:\s*\(([^)]*)\))?/i,
    (_, engine: string, args?: string) => {
      const own = args?.trim() ? `, ${args.trim()}` : "";
      return `engine = Replicated${engine}('/clickhouse/tables/{uuid}/{shard}', '{replica}'${own})`;
    },
  );
}

/** Facts are sharded by node so that grouping by node is local; what has no node is sharded by person. */
function shardKey(body: string): string {
  if (/^\s+node\s/m.test(body)) return "intHash64(node)";
  if (/^\s+person\s/m.test(body)) return "intHash64(person)";
  return "rand()";
}

/** What changes a table changes the stored one and its front alike; only the stored one has rows, indexes and a life time. */
function changedOnCluster(statement: string, cluster: string): string[] {
  const on = ` on cluster ${quoted(cluster)}`;
  const view = /^drop\s+(?:view|dictionary)(?:\s+if\s+exists)?\s+\w+/i.exec(statement);
  if (view) return [view[0] + on + statement.slice(view[0].length)];
  const table = /^((?:alter|drop|truncate)\s+table(?:\s+if\s+exists)?)\s+(\w+)/i.exec(statement);
  if (!table) return [statement];
  const [head, verb = "", name = ""] = table;
  const rest = statement.slice(head.length);
  const stored = `${verb} ${name}_local${on}${rest}`;
  const columns = /^\s+(add|drop|rename|modify)\s+column/i.test(rest) || /^drop/i.test(verb);
  const front = rest.replace(/,\s*modify\s+order\s+by\s+\([^)]*\)/i, "");
  return columns ? [stored, `${verb} ${name}${on}${front}`] : [stored];
}

const quoted = (name: string): string => `\`${name.replace(/[`\\]/g, "")}\``;
