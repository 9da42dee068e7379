import { App, Button, Input, InputNumber, Slider } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { asProblem } from "../api/problem.ts";
import { useSay } from "../i18n/i18n.ts";
import { SegmentField } from "../segments/segment-field.tsx";
import { useFormats, useHere } from "../shell/session.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { ChannelField } from "./channel-field.tsx";
import { ContentEditor } from "./content-editor.tsx";
import { PreviewPanel } from "./preview-panel.tsx";
import { type Draft, useSaveCampaign } from "./queries.ts";

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
            id="campaign-segment"
            label={say("campaigns.segment")}
            value={draft.segment}
            problem={asked && missing.segment ? say("campaigns.rule.segment") : null}
            onChange={(segment) => change({ segment })}
          />
          <ChannelField
            id="campaign-channel"
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
