import type { Source } from "@stork/contract/sources.ts";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { DevicePanel } from "./device-panel.tsx";
import { FirstEvent } from "./first-event.tsx";
import { HealthPanel } from "./health-panel.tsx";
import { useChangeSource, useRemoveSource, useSource } from "./queries.ts";
import { SourceStateWord } from "./source-state.tsx";
import { Tail } from "./tail.tsx";
import "./sources.css";

/** One source: how to send to it, how it is doing, and what is arriving. */
export function SourcePage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const { source: id = "" } = useParams();
  const found = useSource(id);
  const source = found.data;
  return (
    <Page
      name={source?.name ?? say("data.sources")}
      title={
        source === undefined ? (
          found.isError ? (
            say("data.sources")
          ) : (
            "…"
          )
        ) : (
          <span className="title-status">
            {source.name} <SourceStateWord source={source} now={now} />
          </span>
        )
      }
      sub={
        source === undefined
          ? "\u00a0"
          : `${say(`sources.kind.${source.kind}`)} · ${say("sources.summary", { today: formats.number(source.eventsToday), total: formats.number(source.eventsTotal) })}${source.lastEventAt === null ? "" : ` · ${say("sources.lastAt", { ago: formats.ago(source.lastEventAt, now) })}`}`
      }
      back={<Link to={here.to("/data/sources")}>← {say("data.sources")}</Link>}
      actions={source !== undefined && here.can("collect:write") && <Actions source={source} />}
    >
      {found.isPending ? (
        <>
          <BoxSkeleton height={180} />
          <BoxSkeleton height={320} />
        </>
      ) : found.isError ? (
        asProblem(found.error).status === 404 ? (
          <Teach title={say("sources.unknown")} text={say("sources.unknownText")} />
        ) : (
          <Trouble error={found.error} retry={() => void found.refetch()} />
        )
      ) : (
        <Told source={found.data} />
      )}
    </Page>
  );
}

function Told({ source }: { source: Source }) {
  const here = useHere();
  const guide = source.kind !== "file" && source.kind !== "mqtt" && here.can("collect:write") && (
    <FirstEvent source={source} />
  );
  const waiting = source.first.state === "waiting";
  return (
    <>
      {source.device !== null && <DevicePanel source={source} device={source.device} />}
      {waiting && guide}
      {source.kind !== "file" && !waiting && <HealthPanel source={source} />}
      <Tail source={source} />
      {!waiting && guide}
    </>
  );
}

function Actions({ source }: { source: Source }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const change = useChangeSource(source.id);
  const remove = useRemoveSource(source.id);
  const [name, setName] = useState<string | null>(null);
  const ask = () =>
    void modal.confirm({
      title: say("sources.removeTitle", { name: source.name }),
      content: say("sources.removeText"),
      okText: say("sources.remove"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync().then(
          () => void navigate(here.to("/data/sources")),
          (error: Error) => void message.error(error.message),
        ),
    });
  if (name !== null)
    return (
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate(
            { name },
            {
              onSuccess: () => setName(null),
              onError: (error: Error) => void message.error(error.message),
            },
          );
        }}
      >
        <Input
          autoFocus
          maxLength={80}
          value={name}
          aria-label={say("sources.name")}
          onChange={(event) => setName(event.target.value)}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={change.isPending}
          disabled={name.trim() === "" || name.trim() === source.name}
        >
          {say("ui.save")}
        </Button>
        <Button onClick={() => setName(null)}>{say("ui.cancel")}</Button>
      </form>
    );
  return (
    <>
      <Button onClick={() => setName(source.name)}>{say("sources.rename")}</Button>
      {source.kind !== "file" && (
        <Button danger onClick={ask}>
          {say("sources.remove")}
        </Button>
      )}
    </>
  );
}
