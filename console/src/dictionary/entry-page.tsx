import type { DictionaryEntry, EntryWithHistory } from "@stork/contract/dictionary.ts";
import { App, Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { EntryForm } from "./entry-form.tsx";
import { EntryHistory } from "./entry-history.tsx";
import { nameOf } from "./entry-path.ts";
import { ImputationPanel } from "./imputation-panel.tsx";
import { LineageView } from "./lineage-view.tsx";
import { useChangeEntry, useEntry } from "./queries.ts";
import { SensitivityTag } from "./sensitivity-tag.tsx";
import { EntryStatusWord } from "./status-word.tsx";
import { TaskLine } from "./tasks.tsx";
import "./dictionary.css";

type Entry = z.infer<typeof EntryWithHistory>;

/** One name: what it means, where it comes from, who uses it, who changed what. */
export function EntryPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get] = useAddress();
  const id = get("id") ?? "";
  const found = useEntry(id);
  const entry = found.data;
  return (
    <Page
      name={entry === undefined ? say("data.dictionary") : nameOf(entry, formats)}
      title={
        entry === undefined ? (
          found.isLoading ? (
            "…"
          ) : (
            say("data.dictionary")
          )
        ) : (
          <span className="title-status">
            {nameOf(entry, formats)} <EntryStatusWord status={entry.status} tasks={entry.tasks.length} />
          </span>
        )
      }
      sub={entry === undefined ? "\u00a0" : <code>{entry.id}</code>}
      back={<Link to={here.to("/data/dictionary")}>← {say("data.dictionary")}</Link>}
      actions={entry !== undefined && here.can("collect:write") && <Actions entry={entry} />}
    >
      {id === "" ? (
        <Teach title={say("dictionary.none")} text={say("dictionary.noneText")} />
      ) : found.isPending ? (
        <BoxSkeleton height={320} />
      ) : found.isError ? (
        <Trouble error={found.error} retry={() => void found.refetch()} />
      ) : (
        <Told entry={found.data} />
      )}
    </Page>
  );
}

function Actions({ entry }: { entry: Entry }) {
  const say = useSay();
  const { message } = App.useApp();
  const change = useChangeEntry(entry.id);
  const set = (status: "learned" | "confirmed" | "retired") =>
    change.mutate(
      { status },
      {
        onSuccess: () => void message.success(say("dictionary.saved")),
        onError: (error: Error) => void message.error(error.message),
      },
    );
  if (entry.status === "retired")
    return (
      <Button onClick={() => set("learned")} loading={change.isPending}>
        {say("dictionary.reopen")}
      </Button>
    );
  return (
    <>
      {entry.status === "learned" && (
        <Button type="primary" onClick={() => set("confirmed")} loading={change.isPending}>
          {say("dictionary.confirm")}
        </Button>
      )}
      {entry.status !== "built-in" && (
        <Button onClick={() => set("retired")} loading={change.isPending}>
          {say("dictionary.retire")}
        </Button>
      )}
    </>
  );
}

/** The rows in which the entry may have gaps; null where nothing could be filled. */
function rowsOf({ kind, event }: Entry): string | null {
  if (kind === "trait") return "traits";
  if (kind === "property") return `event:${event ?? ""}`;
  return kind === "field" ? `record:${event ?? ""}` : null;
}

function Told({ entry }: { entry: Entry }) {
  const say = useSay();
  const here = useHere();
  const fillable = rowsOf(entry);
  return (
    <>
      {entry.tasks.length > 0 && (
        <Panel className="entry-tasks">
          <ul className="tasks">
            {entry.tasks.map((task) => (
              <TaskLine key={task.id} task={task} />
            ))}
          </ul>
        </Panel>
      )}
      <Definition entry={entry} />
      <div className="grid-2">
        <Panel title={say("dictionary.from")}>
          <SeenFrom entry={entry} />
        </Panel>
        <Panel title={say("dictionary.who")}>
          <UsedBy entry={entry} />
        </Panel>
      </div>
      <LineageView entry={entry.id} />
      {fillable !== null && here.can("outcomes:read") && (
        <ImputationPanel entry={entry.id} of={fillable} title={say("dictionary.gaps")} />
      )}
      <Panel title={say("dictionary.history")}>
        <EntryHistory changes={entry.history} />
      </Panel>
    </>
  );
}

function Definition({ entry }: { entry: Entry }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [editing, setEditing] = useState(false);
  const meaning = entry.meaning === null ? "" : formats.say(entry.meaning);
  const facts: [string, React.ReactNode][] = [
    [
      say("dictionary.type"),
      entry.type === null ? say("dictionary.typeUnknown") : say(`dictionary.type.${entry.type}`),
    ],
    [say("dictionary.unit"), entry.unit ?? say("ui.none")],
    [say("dictionary.sensitivity"), <SensitivityTag key="s" level={entry.sensitivity} />],
    [say("dictionary.owner"), entry.owner ?? say("dictionary.noOwner")],
    [say("dictionary.rows"), formats.number(entry.rows)],
  ];
  return (
    <Panel
      title={say("dictionary.definition")}
      extra={
        here.can("collect:write") &&
        !editing && (
          <Button size="small" onClick={() => setEditing(true)}>
            {say("dictionary.edit")}
          </Button>
        )
      }
    >
      {editing ? (
        <EntryForm entry={entry} onDone={() => setEditing(false)} />
      ) : (
        <>
          <p className={meaning === "" ? "meaning soft" : "meaning"}>
            {meaning === "" ? say("dictionary.noMeaning") : meaning}
          </p>
          <dl className="facts entry-facts">
            {facts.map(([name, value]) => (
              <div className="fact" key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Panel>
  );
}

function SeenFrom({ entry }: { entry: DictionaryEntry }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  if (entry.seenFrom.length === 0) return <p className="soft">{say("dictionary.fromNothing")}</p>;
  return (
    <ul className="seen-from">
      {entry.seenFrom.map((one) => {
        const looked = Object.values(one.types).reduce((sum, n) => sum + n, 0);
        return (
          <li key={one.source.id}>
            <span className="card-line">
              <Link to={here.to(`/data/sources/${one.source.id}`)}>{one.source.name}</Link>
              <b>{formats.compact(one.rows)}</b>
            </span>
            <span className="faint">
              {Object.entries(one.types)
                .sort(([, a], [, b]) => b - a)
                .map(([type, n]) => `${typeName(type, say)} ${formats.percent(n / Math.max(1, looked), 0)}`)
                .join(" · ")}
              {" · "}
              {say("dictionary.since", {
                from: formats.date(formats.dayOf(one.firstAt)),
                to: formats.date(formats.dayOf(one.lastAt)),
              })}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

const pathOfUser = { segment: "/segments", campaign: "/campaigns", journey: "/campaigns/journeys" } as const;

const typeNames = ["text", "number", "boolean", "date", "list", "object", "empty"] as const;
function typeName(type: string, say: ReturnType<typeof useSay>): string {
  const known = typeNames.find((one) => one === type);
  return known === undefined ? type : say(`dictionary.type.${known}`);
}

function UsedBy({ entry }: { entry: DictionaryEntry }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  if (entry.usedBy.length === 0) return <p className="soft">{say("dictionary.whoNothing")}</p>;
  return (
    <ul className="seen-from">
      {entry.usedBy.map((one) => (
        <li key={`${one.kind} ${one.id}`} className="card-line">
          {one.kind === "metric" ? (
            <span>{formats.say(one.name)}</span>
          ) : (
            <Link to={here.to(`${pathOfUser[one.kind]}/${one.id}`)}>{formats.say(one.name)}</Link>
          )}
          <span className="faint">{say(`dictionary.user.${one.kind}`)}</span>
        </li>
      ))}
    </ul>
  );
}
