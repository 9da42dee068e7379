import type { Source } from "@stork/contract/sources.ts";
import { App, Button } from "antd";
import { Link, useNavigate, useParams } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { BoxSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { FirstEvent } from "./first-event.tsx";
import { useRemoveSource, useSources } from "./queries.ts";
import { Tail } from "./tail.tsx";
import "./sources.css";

/** One source: how to send to it, and what is arriving. */
export function SourcePage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const { source: id = "" } = useParams();
  const sources = useSources(5_000);
  const source = sources.data?.items.find((one) => one.id === id);
  return (
    <Page
      name={source?.name ?? say("data.sources")}
      title={source?.name ?? "…"}
      sub={
        source === undefined
          ? "\u00a0"
          : `${say(`sources.kind.${source.kind}`)} · ${say("sources.summary", { today: formats.number(source.eventsToday), total: formats.number(source.eventsTotal) })}${source.lastEventAt === null ? "" : ` · ${say("sources.lastAt", { ago: formats.ago(source.lastEventAt, now) })}`}`
      }
      back={<Link to={here.to("/data/sources")}>← {say("data.sources")}</Link>}
      actions={source !== undefined && here.can("collect:write") && <Remove source={source} />}
    >
      {sources.isPending ? (
        <BoxSkeleton height={320} />
      ) : sources.isError ? (
        <Trouble error={sources.error} retry={() => void sources.refetch()} />
      ) : source === undefined ? (
        <Teach title={say("sources.unknown")} text={say("sources.unknownText")} />
      ) : (
        <>
          {source.kind === "http" && here.can("collect:write") && <FirstEvent source={source} />}
          <Tail source={source} />
        </>
      )}
    </Page>
  );
}

function Remove({ source }: { source: z.infer<typeof Source> }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const remove = useRemoveSource(source.id);
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
  return (
    <Button danger onClick={ask}>
      {say("sources.remove")}
    </Button>
  );
}
