import type { Condition, Segment } from "@stork/contract/segments.ts";
import { App, Button, Input } from "antd";
import { useEffect, useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page, Panel } from "../ui/page.tsx";
import { useSettled } from "../ui/settled.ts";
import { BoxSkeleton, NoPermission, ProblemNote, Trouble } from "../ui/states.tsx";
import { GroupEditor } from "./condition-editor.tsx";
import { CountPanel } from "./count-panel.tsx";
import { asGroup, beginnings, finished, type Group, readWhere, unfinished } from "./draft.ts";
import { useSaveSegment, useSegment } from "./queries.ts";
import "./segments.css";

/** Builds a new segment, or changes one. */
export function BuilderPage() {
  const say = useSay();
  const here = useHere();
  const { segment: id } = useParams();
  const segment = useSegment(id);
  const [get] = useAddress();
  const title = say(id === undefined ? "segments.newTitle" : "segments.editTitle");
  return (
    <Page
      title={title}
      sub={say("segments.builderSub")}
      back={<Link to={here.to("/segments")}>← {say("shell.segments")}</Link>}
    >
      {!here.can("segments:write") ? (
        <NoPermission />
      ) : id === undefined ? (
        <Builder
          key="new"
          where={asGroup(readWhere(get("where")) ?? { kind: "all", of: [beginnings.stage] })}
        />
      ) : segment.isPending ? (
        <BoxSkeleton height={360} />
      ) : segment.isError ? (
        <Trouble error={segment.error} retry={() => void segment.refetch()} />
      ) : (
        <Builder key={id} segment={segment.data} where={asGroup(segment.data.where)} />
      )}
    </Page>
  );
}

function Builder({ segment, where: first }: { segment?: Segment; where: Group }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [, setAddress] = useAddress();
  const [where, setWhere] = useState(first);
  const [name, setName] = useState(segment?.name ?? "");
  const [asked, setAsked] = useState(false);
  const save = useSaveSegment(segment?.id);
  const settled = useSettled(where, 300);
  const countable = finished(settled);
  const open = unfinished(where);

  // A draft has an address too, so that it can be sent to a colleague; a saved segment has its own.
  const isNew = segment === undefined;
  useEffect(() => {
    if (isNew) setAddress({ where: JSON.stringify(settled) });
  }, [isNew, settled, setAddress]);

  const store = (condition: Condition | null) => {
    setAsked(true);
    if (name.trim() === "" || condition === null || open > 0) return;
    save.mutate(
      { name: name.trim(), where: condition },
      {
        onSuccess: (saved) => {
          void message.success(say("ui.saved"));
          void navigate(here.to(`/segments/${saved.id}`));
        },
      },
    );
  };
  return (
    <div className="grid-side">
      <Panel title={say("segments.who")}>
        <GroupEditor value={where} onChange={setWhere} />
      </Panel>
      <div className="column builder-side">
        <CountPanel where={countable} unfinished={open} />
        <Panel>
          <label htmlFor="segment-name" className="field-label">
            {say("segments.name")}
          </label>
          <Input
            id="segment-name"
            value={name}
            maxLength={80}
            placeholder={say("segments.namePlaceholder")}
            onChange={(event) => setName(event.target.value)}
            {...(asked && name.trim() === "" ? { status: "error" as const } : {})}
          />
          {asked && name.trim() === "" && <p className="wrong">{say("segments.nameRule")}</p>}
          {asked && (open > 0 || countable === null) && (
            <p className="wrong">
              {say(countable === null ? "segments.emptyRule" : "segments.unfinishedRule")}
            </p>
          )}
          {save.isError && <ProblemNote error={save.error} />}
          <div className="row builder-actions">
            <Button type="primary" onClick={() => store(finished(where))} loading={save.isPending} block>
              {say("segments.save")}
            </Button>
            <Link to={here.to(segment === undefined ? "/segments" : `/segments/${segment.id}`)}>
              <Button>{say("ui.cancel")}</Button>
            </Link>
          </div>
        </Panel>
      </div>
    </div>
  );
}
