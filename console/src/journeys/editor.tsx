import { App, Button, Input } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";
import { PreviewPanel } from "../campaigns/preview-panel.tsx";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { type Draft, missingIn, wantedOf } from "./draft.ts";
import { EntryPanel } from "./entry-panel.tsx";
import { useSaveJourney } from "./queries.ts";
import { StepsPanel } from "./steps-panel.tsx";

/** The form of a journey: who comes in, what happens to her; with the message that is being written beside it. */
export function Editor({ id, live, first }: { id?: string; live: boolean; first: Draft }) {
  const say = useSay();
  const here = useHere();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const [draft, setDraft] = useState(first);
  const [asked, setAsked] = useState(false);
  const [shown, setShown] = useState<number | null>(null);
  const save = useSaveJourney(id);
  const change = (part: Partial<Draft>) => {
    if (save.isError) save.reset();
    setDraft((before) => ({ ...before, ...part }));
  };
  const missing = missingIn(draft);
  const whole = !missing.name && missing.entry === null && !missing.noSteps && missing.steps.size === 0;
  const store = () => {
    setAsked(true);
    if (!whole) return;
    save.mutate(wantedOf(draft), {
      onSuccess: (saved) => {
        void message.success(say("ui.saved"));
        void navigate(here.to(`/campaigns/journeys/${saved.id}`));
      },
    });
  };
  return (
    <div className="grid-side editor">
      <div className="column">
        {live && <Notice tone="info" title={say("journeys.liveTitle")} text={say("journeys.liveText")} />}
        <Panel>
          <Field
            label={say("journeys.nameLabel")}
            id="journey-name"
            problem={asked && missing.name ? say("journeys.rule.name") : null}
          >
            <Input
              id="journey-name"
              value={draft.name}
              maxLength={80}
              placeholder={say("journeys.namePlaceholder")}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
        </Panel>
        <EntryPanel draft={draft} missing={asked ? missing.entry : null} onChange={change} />
        <StepsPanel
          steps={draft.steps}
          missing={missing}
          asked={asked}
          onShow={setShown}
          onChange={(steps) => change({ steps })}
        />
        <Panel title={say("journeys.section.exits")}>
          <p>{say("journeys.exitsText")}</p>
        </Panel>
        {save.isError && <ProblemNote error={save.error} />}
        {asked && !whole && <p className="wrong">{say("journeys.rule.whole")}</p>}
        <div className="row">
          <Button type="primary" onClick={store} loading={save.isPending}>
            {say("journeys.save")}
          </Button>
          <Link to={here.to(id === undefined ? "/campaigns/journeys" : `/campaigns/journeys/${id}`)}>
            <Button>{say("ui.cancel")}</Button>
          </Link>
        </div>
      </div>
      <PreviewPanel draft={previewOf(draft, shown)} />
    </div>
  );
}

/** The message that somebody works at, else the first there is. */
function previewOf({ entry, steps }: Draft, shown: number | null) {
  const messages = steps.flatMap(({ key, step }) => (step.kind === "message" ? [{ key, step }] : []));
  const { step } = messages.find(({ key }) => key === shown) ?? messages[0] ?? {};
  return {
    content: step?.content ?? { subject: "", body: "" },
    channel: step?.channel ?? "",
    segment: entry.kind === "segment" ? entry.segment : "",
  };
}
