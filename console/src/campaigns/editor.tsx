import { App, Button, Input, InputNumber, Select, Slider } from "antd";
import { type ReactNode, useState } from "react";
import { Link, useNavigate } from "react-router";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { useSegments } from "../segments/queries.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { ContentEditor } from "./content-editor.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { type Draft, useChannels, useSaveCampaign } from "./queries.ts";

/** The form of a campaign: to whom, through what, saying what, compared with whom; with the message of one family beside it. */
export function Editor({ id, first }: { id?: string; first: Draft }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [draft, setDraft] = useState(first);
  const [asked, setAsked] = useState(false);
  const save = useSaveCampaign(id);
  const change = (part: Partial<Draft>) => {
    if (save.isError) save.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const missing = {
    name: draft.name.trim() === "",
    segment: draft.segment === "",
    channel: draft.channel === "",
    body: draft.content.body.trim() === "",
  };
  const store = () => {
    setAsked(true);
    if (Object.values(missing).some(Boolean)) return;
    save.mutate(
      { ...draft, name: draft.name.trim() },
      {
        onSuccess: (saved) => {
          void message.success(say("ui.saved"));
          void navigate(here.to(`/campaigns/${saved.id}`));
        },
      },
    );
  };
  const contentErrors = save.isError ? asProblem(save.error).errors : [];
  return (
    <div className="grid-side editor">
      <div className="column">
        <Panel title={say("campaigns.section.who")}>
          <Field
            label={say("campaigns.name")}
            id="campaign-name"
            problem={asked && missing.name ? say("campaigns.rule.name") : null}
          >
            <Input
              id="campaign-name"
              value={draft.name}
              maxLength={80}
              placeholder={say("campaigns.namePlaceholder")}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
          <SegmentField
            value={draft.segment}
            problem={asked && missing.segment ? say("campaigns.rule.segment") : null}
            onChange={(segment) => change({ segment })}
          />
          <ChannelField
            value={draft.channel}
            problem={asked && missing.channel ? say("campaigns.rule.channel") : null}
            onChange={(channel) => change({ channel })}
          />
        </Panel>
        <Panel title={say("campaigns.section.what")}>
          <ContentEditor
            content={draft.content}
            errors={contentErrors}
            onChange={(content) => change({ content })}
          />
          {asked && missing.body && <p className="wrong">{say("campaigns.rule.body")}</p>}
        </Panel>
        <Measure draft={draft} change={change} />
        {save.isError && <ProblemNote error={save.error} />}
        <div className="row">
          <Button type="primary" onClick={store} loading={save.isPending}>
            {say("campaigns.saveAndLook")}
          </Button>
          <Link to={here.to(id === undefined ? "/campaigns" : `/campaigns/${id}`)}>
            <Button>{say("ui.cancel")}</Button>
          </Link>
        </div>
      </div>
      <PreviewPanel draft={draft} />
    </div>
  );
}

function Field({
  label,
  id,
  problem,
  help,
  children,
}: {
  label: string;
  id: string;
  problem: string | null;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="field">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      {children}
      {problem !== null && <p className="wrong">{problem}</p>}
      {help !== undefined && <p className="faint">{help}</p>}
    </div>
  );
}

interface Choice {
  value: string;
  problem: string | null;
  onChange(id: string): void;
}

function SegmentField({ value, problem, onChange }: Choice) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const segments = useSegments();
  const chosen = segments.data?.items.find((one) => one.id === value);
  return (
    <Field
      label={say("campaigns.segment")}
      id="campaign-segment"
      problem={problem}
      help={
        chosen === undefined ? (
          <Link to={here.to("/segments/new")}>{say("shell.newSegment")}</Link>
        ) : (
          `${formats.say(chosen.sentence)} · ${chosen.persons === null ? "…" : say("campaigns.families", { n: formats.number(chosen.persons), count: chosen.persons })}`
        )
      }
    >
      <Select
        id="campaign-segment"
        className="full"
        showSearch={{ optionFilterProp: "label" }}
        placeholder={say("segments.chooseSegment")}
        loading={segments.isPending}
        value={value === "" ? null : value}
        onChange={onChange}
        options={(segments.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
      />
    </Field>
  );
}

function ChannelField({ value, problem, onChange }: Choice) {
  const say = useSay();
  const here = useHere();
  const channels = useChannels();
  const none = channels.data?.items.length === 0;
  return (
    <Field
      label={say("campaigns.channel")}
      id="campaign-channel"
      problem={problem}
      {...(none
        ? { help: <Link to={here.to("/settings/channels")}>{say("campaigns.noChannel")}</Link> }
        : {})}
    >
      <Select
        id="campaign-channel"
        className="full"
        placeholder={say("campaigns.chooseChannel")}
        loading={channels.isPending}
        value={value === "" ? null : value}
        onChange={onChange}
        options={(channels.data?.items ?? []).map((one) => ({
          value: one.id,
          label: `${one.name} · ${say(`campaigns.kind.${one.kind}`)}`,
        }))}
      />
    </Field>
  );
}

function Measure({ draft, change }: { draft: Draft; change(part: Partial<Draft>): void }) {
  const say = useSay();
  const formats = useFormats();
  const marks = Object.fromEntries(
    [0, 0.1, 0.2, 0.3, 0.4, 0.5].map((share) => [share, formats.percent(share, 0)]),
  );
  return (
    <Panel title={say("campaigns.section.measure")}>
      <div className="field">
        <span className="field-label">
          {say("campaigns.holdout")} <b>{formats.percent(draft.holdoutShare, 0)}</b>
        </span>
        <Slider
          min={0}
          max={0.5}
          step={0.01}
          marks={marks}
          value={draft.holdoutShare}
          ariaLabelForHandle={say("campaigns.holdout")}
          tooltip={{ formatter: null }}
          onChange={(holdoutShare) => change({ holdoutShare })}
        />
        <p className="faint">
          {say(draft.holdoutShare === 0 ? "campaigns.noHoldoutHelp" : "campaigns.holdoutHelp")}
        </p>
      </div>
      <div className="field">
        <label htmlFor="campaign-window" className="field-label">
          {say("campaigns.window")}
        </label>
        <InputNumber
          id="campaign-window"
          min={1}
          max={90}
          precision={0}
          value={draft.conversion.withinDays}
          suffix={say("segments.days")}
          onChange={(days) => change({ conversion: { ...draft.conversion, withinDays: days ?? 7 } })}
        />
        <p className="faint">{say("campaigns.windowHelp")}</p>
      </div>
    </Panel>
  );
}
