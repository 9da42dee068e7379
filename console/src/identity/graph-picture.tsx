import type { PersonGraph } from "@stork/contract/identity.ts";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  Handle,
  type Node,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import { namespaceName } from "../families/namespace-name.ts";
import { useSay } from "../i18n/i18n.ts";
import { usePreferences } from "../shell/preferences.tsx";
import { useFormats } from "../shell/session.tsx";
import { placeIdentifiers, rowHeight } from "./graph-layout.ts";
import "@xyflow/react/dist/style.css";

type Shown = PersonGraph["nodes"][number] & { own: boolean; chosen: boolean };
type IdentifierNode = Node<{ shown: Shown }, "identifier">;
const nodeTypes = { identifier: Identifier };

/** The picture of a person: identifiers, and what ties them or was held back. A click chooses an identifier. */
export function GraphPicture({
  graph,
  chosen,
  onChoose,
}: {
  graph: PersonGraph;
  chosen: ReadonlySet<string>;
  onChoose: (id: string) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const { scheme } = usePreferences();
  const places = useMemo(() => placeIdentifiers(graph), [graph]);
  const nodes = useMemo<IdentifierNode[]>(
    () =>
      places.flatMap(({ id, x, y }) => {
        const node = graph.nodes.find((one) => one.id === id);
        if (node === undefined) return [];
        const shown = { ...node, own: node.person === graph.person, chosen: chosen.has(id) };
        return [{ id, type: "identifier" as const, position: { x, y }, data: { shown }, focusable: false }];
      }),
    [graph, places, chosen],
  );
  const edges = useMemo<Edge[]>(
    () =>
      graph.edges.map(({ a, b, state, rule, because }) => {
        const forward =
          (places.find(({ id }) => id === a)?.x ?? 0) <= (places.find(({ id }) => id === b)?.x ?? 0);
        return {
          id: `${a} ${b} ${rule}`,
          ...(forward ? { source: a, target: b } : { source: b, target: a }),
          className: `tie ${state}`,
          focusable: false,
          ariaLabel: formats.say(because),
        };
      }),
    [graph, places, formats],
  );
  const rows = Math.max(1, ...[...Map.groupBy(places, ({ x }) => x).values()].map((column) => column.length));
  return (
    <section
      className="identity-graph"
      style={{ height: Math.min(560, Math.max(240, rows * rowHeight + 90)) }}
      aria-label={say("identity.graph")}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, minZoom: 0.4 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
        onNodeClick={(_event, { id, data }) => {
          if (data.shown.own) onChoose(id);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function Identifier({ data: { shown } }: { data: IdentifierNode["data"] }) {
  const say = useSay();
  const kinds = ["identity-node", shown.strength, shown.own ? "own" : "other", shown.chosen ? "chosen" : ""];
  return (
    <div className={kinds.join(" ")}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <small>
        {namespaceName(shown.namespace, say)}
        {shown.shared && ` · ${say("identity.shared")}`}
        {!shown.own && ` · ${say("identity.otherPerson")}`}
      </small>
      <span>{shown.value}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
