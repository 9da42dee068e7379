import { Button, Checkbox } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { namespaceName } from "../families/namespace-name.ts";
import { usePerson } from "../families/queries.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useNarrow } from "../ui/narrow.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, Trouble } from "../ui/states.tsx";
import { ChangeDrawer } from "./change-drawer.tsx";
import { History } from "./history.tsx";
import { LinkIdentifier } from "./link-identifier.tsx";
import { MergeWith } from "./merge-with.tsx";
import { useExplanation, useGraph, type Wanted } from "./queries.ts";
import "./identity.css";

/** The canvas is large; it is fetched when a graph is first looked at. */
const Picture = lazy(async () => ({ default: (await import("./graph-picture.tsx")).GraphPicture }));

/** Why her identifiers are one person, and what to do when they are not. */
export function PersonIdentityPage() {
  const say = useSay();
  const here = useHere();
  const { person: id = "" } = useParams();
  const person = usePerson(id);
  return (
    <Page
      name={say("identity.tab")}
      title={
        person.data === undefined
          ? say("identity.titleComing")
          : say("identity.title", { name: person.data.name ?? say("identity.unnamed") })
      }
      sub={say("identity.sub")}
      back={<Link to={here.to(`/families/${id}`)}>← {say("identity.back")}</Link>}
    >
      <Who key={id} id={id} />
    </Page>
  );
}

function Who({ id }: { id: string }) {
  const say = useSay();
  const here = useHere();
  const go = useNavigate();
  const narrow = useNarrow();
  const graph = useGraph(id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [done, setDone] = useState(false);
  const [drawn, setDrawn] = useState(false);
  if (graph.isPending) return <BoxSkeleton height={480} />;
  if (graph.isError) return <Trouble error={graph.error} retry={() => void graph.refetch()} />;
  const own = graph.data.nodes.filter(({ person }) => person === graph.data.person);
  const choose = (node: string) =>
    setChosen((before) => (before.has(node) ? without(before, node) : new Set([...before, node])));
  const finish = (persons: readonly string[]) => {
    setWanted(null);
    setChosen(new Set());
    setDone(true);
    const first = persons.includes(graph.data.person) ? null : persons[0];
    if (first !== undefined && first !== null) void go(here.to(`/families/${first}/identity`));
  };
  const mayChange = here.can("identity:write");
  const picture = (
    <>
      <p className="soft">{say("identity.graphSub")}</p>
      <Suspense fallback={<BoxSkeleton height={300} />}>
        <Picture graph={graph.data} chosen={chosen} onChoose={choose} />
      </Suspense>
      {graph.data.truncated && <p className="faint">{say("identity.truncated")}</p>}
    </>
  );
  return (
    <>
      {done && <Notice tone="good" title={say("identity.done")} />}
      <div className="grid-side">
        <div className="column">
          {narrow ? (
            // A finger that scrolls the page would move the picture: it is opened when it is wanted.
            <details className="panel" onToggle={(event) => setDrawn(event.currentTarget.open)}>
              <summary>{say("identity.graph")}</summary>
              {drawn && picture}
            </details>
          ) : (
            <Panel title={say("identity.graph")}>{picture}</Panel>
          )}
          <Evidence graph={graph.data} />
        </div>
        <div className="column">
          <Panel title={say("identity.nodes")}>
            <p className="soft">{say("identity.choose")}</p>
            <ul className="identity-list">
              {own.map((node) => (
                <li key={node.id}>
                  <Checkbox checked={chosen.has(node.id)} onChange={() => choose(node.id)}>
                    <small>{namespaceName(node.namespace, say)}</small>
                    <span className="identifier">{node.value}</span>
                  </Checkbox>
                  {mayChange && (
                    <Button
                      type="link"
                      size="small"
                      onClick={() => setWanted({ kind: node.shared ? "unshare" : "share", node: node.id })}
                    >
                      {say(node.shared ? "identity.unshare" : "identity.share")}
                    </Button>
                  )}
                </li>
              ))}
            </ul>
            <Why person={id} chosen={[...chosen]} />
            {mayChange && chosen.size > 0 && chosen.size < own.length && (
              <Button danger onClick={() => setWanted({ kind: "split", person: id, nodes: [...chosen] })}>
                {say("identity.splitOff", { n: chosen.size })}
              </Button>
            )}
          </Panel>
          {mayChange && <MergeWith person={graph.data.person} onWant={setWanted} />}
          {mayChange && (
            <LinkIdentifier
              person={graph.data.person}
              namespaces={own.map(({ namespace }) => namespace)}
              onWant={setWanted}
            />
          )}
          <History person={id} onUndo={(decision) => setWanted({ kind: "undo", decision })} />
        </div>
      </div>
      <ChangeDrawer wanted={wanted} onClose={() => setWanted(null)} onDone={finish} />
    </>
  );
}

const without = (all: ReadonlySet<string>, one: string): ReadonlySet<string> =>
  new Set([...all].filter((each) => each !== one));

function Why({ person, chosen }: { person: string; chosen: readonly string[] }) {
  const say = useSay();
  const formats = useFormats();
  const why = useExplanation(person, chosen);
  if (chosen.length !== 2 || why.data === undefined) return null;
  return (
    <div className="identity-why" role="status">
      <strong>{say("identity.why")}</strong>
      <ol>
        {why.data.chain.map(({ a, b, rule, because }) => (
          <li key={`${a} ${b} ${rule}`}>{formats.say(because)}</li>
        ))}
      </ol>
    </div>
  );
}

/** The same as the picture, in words. */
function Evidence({ graph }: { graph: NonNullable<ReturnType<typeof useGraph>["data"]> }) {
  const say = useSay();
  const formats = useFormats();
  const values = new Map(graph.nodes.map((node) => [node.id, node]));
  const shown = (id: string) => {
    const node = values.get(id);
    return node === undefined ? id : `${namespaceName(node.namespace, say)} ${node.value}`;
  };
  return (
    <Panel title={say("families.evidence")}>
      <ul className="identity-ties">
        {graph.edges.map((edge) => (
          <li key={`${edge.a} ${edge.b} ${edge.rule}`} className={edge.state}>
            <span className="identifier">
              {shown(edge.a)} {edge.state === "live" ? "=" : "≠"} {shown(edge.b)}
            </span>
            <small>{formats.say(edge.because)}</small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
