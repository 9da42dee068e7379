import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { Step, StepKind } from "@stork/contract/journeys.ts";
import { Button, Dropdown } from "antd";
import type { ComponentType } from "react";
import { useSay } from "../i18n/i18n.ts";
import { Panel } from "../ui/page.tsx";
import { type DraftStep, type Missing, moved, nextKey, stepBeginnings } from "./draft.ts";
import type { PartEditorProps } from "./editors/editor.ts";
import { stepEditors, stepIcons } from "./editors/steps.tsx";

const kinds = Object.keys(stepEditors) as StepKind[];
const most = 30;

/** What happens to whoever came in, from top to bottom. */
export function StepsPanel({
  steps,
  missing,
  asked,
  onShow,
  onChange,
}: {
  steps: readonly DraftStep[];
  missing: { noSteps: boolean; steps: ReadonlyMap<number, Missing> };
  /** Whether what is missing is to be said. */
  asked: boolean;
  /** Somebody works at this step. */
  onShow(key: number): void;
  onChange(next: DraftStep[]): void;
}) {
  const say = useSay();
  const add = (kind: StepKind) => {
    const content = { subject: say("campaigns.template.subject"), body: say("campaigns.template.body") };
    const key = nextKey(steps);
    onChange([...steps, { key, step: stepBeginnings(content)[kind] }]);
    onShow(key);
  };
  return (
    <Panel title={say("journeys.section.steps")}>
      <ol className="journey-steps editing">
        {steps.map((one, i) => (
          <StepCard
            key={one.key}
            one={one}
            place={i}
            last={i === steps.length - 1}
            missing={asked ? (missing.steps.get(one.key) ?? null) : null}
            onShow={() => onShow(one.key)}
            onMove={(by) => onChange(moved(steps, one.key, by))}
            onRemove={() => onChange(steps.filter(({ key }) => key !== one.key))}
            onChange={(step) =>
              onChange(steps.map((each) => (each.key === one.key ? { ...one, step } : each)))
            }
          />
        ))}
      </ol>
      {asked && missing.noSteps && <p className="wrong">{say("journeys.rule.steps")}</p>}
      <Dropdown
        trigger={["click"]}
        disabled={steps.length >= most}
        menu={{
          items: kinds.map((kind) => ({
            key: kind,
            icon: stepIcons[kind],
            label: say(`journeys.step.${kind}`),
          })),
          onClick: ({ key }) => add(key as StepKind),
        }}
      >
        <Button type="dashed" icon={<PlusOutlined />}>
          {say("journeys.addStep")}
        </Button>
      </Dropdown>
    </Panel>
  );
}

function StepCard({
  one: { key, step },
  place,
  last,
  missing,
  onShow,
  onMove,
  onRemove,
  onChange,
}: {
  one: DraftStep;
  place: number;
  last: boolean;
  missing: Missing | null;
  onShow(): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
  onChange(next: Step): void;
}) {
  const say = useSay();
  const Editor = stepEditors[step.kind] as ComponentType<PartEditorProps<Step>>;
  const name = say("journeys.stepNamed", { n: place + 1, kind: say(`journeys.step.${step.kind}`) });
  return (
    <li>
      <span className="journey-icon" aria-hidden="true">
        {stepIcons[step.kind]}
      </span>
      <fieldset onFocus={onShow}>
        <legend>{name}</legend>
        <div className="step-acts">
          <Button
            {...{ type: "text", size: "small", icon: <ArrowUpOutlined />, disabled: place === 0 }}
            aria-label={say("journeys.moveUp", { step: name })}
            onClick={() => onMove(-1)}
          />
          <Button
            {...{ type: "text", size: "small", icon: <ArrowDownOutlined />, disabled: last }}
            aria-label={say("journeys.moveDown", { step: name })}
            onClick={() => onMove(1)}
          />
          <Button
            {...{ type: "text", size: "small", icon: <DeleteOutlined /> }}
            aria-label={say("journeys.removeStep", { step: name })}
            onClick={onRemove}
          />
        </div>
        <Editor id={`step-${key}`} value={step} onChange={onChange} />
        {missing !== null && <p className="wrong">{say(`journeys.rule.${missing}`)}</p>}
      </fieldset>
    </li>
  );
}
