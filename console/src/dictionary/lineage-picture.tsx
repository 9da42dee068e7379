import type { Lineage, LineageNode } from "@stork/contract/dictionary.ts";
import {
  Background,
  BackgroundVariant,
  Controls,
  Handle,
  type Node,
  Position,
  ReactFlow,
  type ReactFlowInstance,
} from "@xyflow/react";
import { useMemo, useRef, useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { usePreferences } from "../shell/preferences.tsx";
import { placeNodes, wayHeight } from "./lineage-layout.ts";
import { NodeLink } from "./node-link.tsx";
import "@xyflow/react/dist/style.css";

type NameFlowNode = Node<{ node: LineageNode; subject: boolean }, "name">;
type WayFlowNode = Node<Record<string, never>, "way">;
const margin = 20;
const mostHeight = 1600;
const nodeTypes = { name: NameNode, way: WayNode };

/** The picture: names in columns, lines from where a value comes to where it is used. Looked at, not edited. */
export function LineagePicture({ lineage, subject }: { lineage: Lineage; subject: string | null }) {
  const say = useSay();
  const { scheme } = usePreferences();
  const { placed, lines, ...natural } = useMemo(() => placeNodes(lineage), [lineage]);
  // As large as it is, so that every name can be read and the page scrolls over it; only what is larger still is moved.
  const frame = useRef<HTMLElement>(null);
  const [zoomed, setZoomed] = useState(1);
  const height = Math.min(mostHeight, Math.max(220, natural.height * zoomed + 2 * margin));
  const settle = ({ setViewport }: Pick<ReactFlowInstance, "setViewport">) => {
    const width = frame.current?.clientWidth ?? natural.width;
    const zoom = Math.min(1, (width - 2 * margin) / natural.width);
    setZoomed(zoom);
    const spare = 220 - natural.height * zoom;
    void setViewport({ x: (width - natural.width * zoom) / 2, y: Math.max(margin, spare / 2), zoom });
  };
  const nodes = useMemo<(NameFlowNode | WayFlowNode)[]>(
    () =>
      placed.map(({ id, node, x, y }) =>
        node === null
          ? { id, type: "way", position: { x, y: y + wayHeight / 2 }, data: {}, focusable: false }
          : {
              id,
              type: "name",
              position: { x, y },
              data: { node, subject: id === subject },
              focusable: false,
            },
      ),
    [placed, subject],
  );
  const edges = useMemo(
    () =>
      lines.map(({ from, to }, at) => ({
        id: `${at} ${from} → ${to}`,
        source: from,
        target: to,
        focusable: false,
      })),
    [lines],
  );
  return (
    <section ref={frame} className="lineage" style={{ height }} aria-label={say("dictionary.lineage")}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={scheme}
        onInit={settle}
        fitViewOptions={{ maxZoom: 1 }}
        minZoom={0.2}
        nodesDraggable={false}
        nodesConnectable={false}
        elementsSelectable={false}
        zoomOnScroll={false}
        preventScrolling={false}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} />
        <Controls showInteractive={false} position="top-right" />
      </ReactFlow>
    </section>
  );
}

function NameNode({ data: { node, subject } }: { data: NameFlowNode["data"] }) {
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

/** A long line on its way through a column. */
function WayNode() {
  return (
    <div className="lineage-way">
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
