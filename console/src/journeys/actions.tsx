import type { JourneyDetail } from "@stork/contract/journeys.ts";
import { App, Button } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useVerb, type Verb } from "./queries.ts";

/** A start and an end are confirmed with what will happen; a pause is done at once. */
export function Actions({ journey }: { journey: JourneyDetail }) {
  const say = useSay();
  const formats = useFormats();
  const { modal, message } = App.useApp();
  const run = useVerb(journey.id);
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
  if (status === "ended") return null;
  return (
    <>
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
