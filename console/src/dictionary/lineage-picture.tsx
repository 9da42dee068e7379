import type { Lineage } from "@stork/contract/dictionary.ts";
import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  type Node,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import { useSay } from "../i18n/i18n.ts";
import { usePreferences } from "../shell/preferences.tsx";
import { type Placed, placeNodes } from "./lineage-layout.ts";
import { NodeLink } from "./lineage-view.tsx";
import "@xyflow/react/dist/style.css";

type LineageFlowNode = Node<{ node: Placed; subject: boolean }, "name">;
const nodeTypes = { name: NameNode };

/** The picture: names in columns, lines from where a value comes to where it is used. Looked at, not edited. */
export function LineagePicture({
  lineage,
  height,
  subject,
}: {
  lineage: Lineage;
  height: number;
  subject: string | null;
}) {
  const say = useSay();
  const { scheme } = usePreferences();
  const nodes = useMemo<LineageFlowNode[]>(
    () =>
      placeNodes(lineage).map((node) => ({
        id: node.id,
        type: "name",
        position: { x: node.x, y: node.y },
        data: { node, subject: node.id === subject },
        focusable: false,
      })),
    [lineage, subject],
  );
  const edges = useMemo(
    () =>
      lineage.edges.map(({ from, to }) => ({
        id: `${from} → ${to}`,
        source: from,
        target: to,
        focusable: false,
      })),
    [lineage],
  );
  return (
    <section className="lineage" style={{ height }} aria-label={say("dictionary.lineage")}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        fitView
        fitViewOptions={{ maxZoom: 1, minZoom: 0.5 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </section>
  );
}

function NameNode({ data: { node, subject } }: { data: LineageFlowNode["data"] }) {
  const say = useSay();
  return (
    <div className={`lineage-node k-${node.kind}${subject ? " subject" : ""}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <small>{say(`dictionary.node.${node.kind}`)}</small>
      <NodeLink node={node} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
