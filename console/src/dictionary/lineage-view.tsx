import type { Lineage } from "@stork/contract/dictionary.ts";
import { lazy, Suspense } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useNarrow } from "../ui/narrow.ts";
import { Panel } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { NodeLink } from "./node-link.tsx";
import { useLineage } from "./queries.ts";

/** The canvas is large; it is fetched when a picture is first looked at. */
const Picture = lazy(async () => ({ default: (await import("./lineage-picture.tsx")).LineagePicture }));

/** From where values come to where they are used: a picture, and on a phone the same in words. */
export function LineageView({ entry }: { entry: string | null }) {
  const say = useSay();
  const narrow = useNarrow();
  const lineage = useLineage(entry);
  if (lineage.isPending) return <BoxSkeleton height={entry === null ? 560 : 300} />;
  if (lineage.isError) return <Trouble error={lineage.error} retry={() => void lineage.refetch()} />;
  if (lineage.data.nodes.length === 0)
    return <Teach title={say("dictionary.lineageEmpty")} text={say("dictionary.lineageEmptyText")} />;
  return (
    <Panel title={say("dictionary.lineage")} className="lineage-panel">
      <p className="soft panel-lead">
        {say(lineage.data.cut ? "dictionary.lineageCut" : "dictionary.lineageSub")}
      </p>
      {narrow ? (
        <Steps lineage={lineage.data} />
      ) : (
        <Suspense fallback={<BoxSkeleton height={entry === null ? 560 : 300} />}>
          <Picture lineage={lineage.data} subject={entry} />
        </Suspense>
      )}
    </Panel>
  );
}

/** Column by column, top to bottom. */
function Steps({ lineage }: { lineage: Lineage }) {
  const say = useSay();
  const levels = [...new Set(lineage.nodes.map((node) => node.level))].sort((a, b) => a - b);
  return (
    <ol className="lineage-steps">
      {levels.map((level) => {
        const nodes = lineage.nodes.filter((node) => node.level === level);
        const kinds = [...new Set(nodes.map((node) => node.kind))];
        return (
          <li key={level}>
            <span className="faint">{kinds.map((kind) => say(`dictionary.node.${kind}`)).join(" · ")}</span>
            <ul>
              {nodes.map((node) => (
                <li key={node.id}>
                  <NodeLink node={node} />
                </li>
              ))}
            </ul>
          </li>
        );
      })}
    </ol>
  );
}
