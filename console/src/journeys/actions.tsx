import { DeleteOutlined } from "@ant-design/icons";
import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { App, Button } from "antd";
import { Link, useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useDeleteJourney, useVerb, type Verb } from "./queries.ts";

/** A start and an end are confirmed with what will happen; a pause is done at once; a draft may be thrown away. */
export function Actions({ journey }: { journey: JourneyDetail }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const run = useVerb(journey.id);
  const remove = useDeleteJourney(journey.id);
  const { name, status, counts } = journey;
  const act = (verb: Verb) =>
    run.mutateAsync(verb).then(
      () => void message.success(say(`journeys.did.${verb}`)),
      (error: Error) => void message.error(error.message),
    );
  const start = () =>
    void modal.confirm({
      title: say("journeys.startTitle", { name }),
      content: say("journeys.startText"),
      okText: say("journeys.start"),
      cancelText: say("ui.cancel"),
      onOk: () => act("start"),
    });
  const end = () =>
    void modal.confirm({
      title: say("journeys.endTitle", { name }),
      content: say("journeys.endText", { n: formats.number(counts.waiting) }),
      okText: say("journeys.end"),
      okButtonProps: { danger: true },
      cancelText: say("ui.cancel"),
      onOk: () => act("end"),
    });
  const discard = () =>
    void modal.confirm({
      title: say("journeys.deleteTitle", { name }),
      okText: say("ui.delete"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () =>
        remove.mutateAsync().then(
          () => void navigate(here.to("/campaigns/journeys")),
          (error: Error) => void message.error(error.message),
        ),
    });
  if (status === "ended") return null;
  return (
    <>
      {status === "draft" && (
        <Button type="text" icon={<DeleteOutlined />} aria-label={say("ui.delete")} onClick={discard} />
      )}
      <Link to={here.to(`/campaigns/journeys/${journey.id}/edit`)}>
        <Button>{say("ui.edit")}</Button>
      </Link>
      {status !== "draft" && (
        <Button danger onClick={end}>
          {say("journeys.end")}
        </Button>
      )}
      {status === "live" ? (
        <Button type="primary" loading={run.isPending} onClick={() => void act("pause")}>
          {say("journeys.pause")}
        </Button>
      ) : (
        <Button
          type="primary"
          loading={run.isPending}
          onClick={status === "draft" ? start : () => void act("start")}
        >
          {say(status === "draft" ? "journeys.start" : "journeys.resume")}
        </Button>
      )}
    </>
  );
}
