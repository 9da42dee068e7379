import { DeleteOutlined } from "@ant-design/icons";
import type { Campaign } from "@stork/contract/campaigns.ts";
import { App, Button } from "antd";
import { Link, useNavigate } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useDeleteCampaign, useEstimate, useRetry, useRun, type Verb } from "./queries.ts";

/** Starting is confirmed with what will happen; before that a draft is changed or thrown away. */
export function DraftActions({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const navigate = useNavigate();
  const { modal, message } = App.useApp();
  const estimate = useEstimate(campaign.id);
  const run = useRun(campaign.id);
  const remove = useDeleteCampaign(campaign.id);
  const failed = (error: Error) => void message.error(error.message);
  const start = () =>
    void modal.confirm({
      title: say("campaigns.startTitle", {
        n: formats.number(estimate.data?.reachable ?? 0),
        count: estimate.data?.reachable ?? 0,
      }),
      content: say("campaigns.startText", {
        channel: campaign.channelName,
        at: formats.instant(estimate.data?.startsAt ?? campaign.createdAt),
      }),
      okText: say("campaigns.start"),
      cancelText: say("ui.cancel"),
      onOk: () =>
        run.mutateAsync("start").then(() => void message.success(say("campaigns.startedNow")), failed),
    });
  const discard = () =>
    void modal.confirm({
      title: say("campaigns.deleteTitle", { name: campaign.name }),
      okText: say("ui.delete"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync().then(() => void navigate(here.to("/campaigns")), failed),
    });
  return (
    <>
      <Button type="text" icon={<DeleteOutlined />} aria-label={say("ui.delete")} onClick={discard} />
      <Link to={here.to(`/campaigns/${campaign.id}/edit`)}>
        <Button>{say("ui.edit")}</Button>
      </Link>
      <Button
        type="primary"
        disabled={(estimate.data?.reachable ?? 0) === 0}
        loading={run.isPending}
        onClick={start}
      >
        {say("campaigns.start")}
      </Button>
    </>
  );
}

/** Pause and resume at once; a stop is for good and asks. */
export function RunActions({ campaign }: { campaign: Campaign }) {
  const say = useSay();
  const { modal, message } = App.useApp();
  const run = useRun(campaign.id);
  const retry = useRetry(campaign.id);
  const formats = useFormats();
  const failed = (error: Error) => void message.error(error.message);
  const act = (verb: Verb) =>
    run.mutateAsync(verb).then(() => void message.success(say(`campaigns.did.${verb}`)), failed);
  const stop = () =>
    void modal.confirm({
      title: say("campaigns.stopTitle"),
      content: say("campaigns.stopText", {
        n: formats.number(campaign.counts.waiting),
        count: campaign.counts.waiting,
      }),
      okText: say("campaigns.stop"),
      cancelText: say("ui.cancel"),
      okButtonProps: { danger: true },
      onOk: () => act("stop"),
    });
  const again = (what: "parked" | "unknown") =>
    void modal.confirm({
      title: say(`campaigns.retry.${what}Title`, {
        n: formats.number(campaign.counts[what]),
        count: campaign.counts[what],
      }),
      content: say(`campaigns.retry.${what}Text`),
      okText: say("campaigns.retry"),
      cancelText: say("ui.cancel"),
      onOk: () => retry.mutateAsync(what).then(() => void message.success(say("campaigns.retried")), failed),
    });
  const live = campaign.status === "running" || campaign.status === "paused";
  return (
    <>
      {campaign.counts.parked > 0 && campaign.status !== "stopped" && (
        <Button onClick={() => again("parked")}>{say("campaigns.retryParked")}</Button>
      )}
      {campaign.counts.unknown > 0 && campaign.status !== "stopped" && (
        <Button onClick={() => again("unknown")}>{say("campaigns.retryUnknown")}</Button>
      )}
      {live && (
        <Button danger onClick={stop}>
          {say("campaigns.stop")}
        </Button>
      )}
      {campaign.status === "running" && (
        <Button type="primary" loading={run.isPending} onClick={() => void act("pause")}>
          {say("campaigns.pause")}
        </Button>
      )}
      {campaign.status === "paused" && (
        <Button type="primary" loading={run.isPending} onClick={() => void act("resume")}>
          {say("campaigns.resume")}
        </Button>
      )}
    </>
  );
}
