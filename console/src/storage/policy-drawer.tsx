import type { KindOfData, Policy, PolicyPreview } from "@stork/contract/storage.ts";
import { App, Button, Drawer, InputNumber, Switch } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useSettled } from "../ui/settled.ts";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { Change } from "./change.tsx";
import { daysText } from "./policy-sentence.ts";
import { usePolicyPreview, useSetPolicy } from "./queries.ts";

type Kind = z.infer<typeof KindOfData>;
const steps = ["warm", "cold", "delete"] as const;
type Step = (typeof steps)[number];
const fieldOf = {
  warm: "warmAfterDays",
  cold: "coldAfterDays",
  delete: "deleteAfterDays",
} as const satisfies Record<Step, keyof Policy>;
const usualDays = { warm: 180, cold: 730, delete: 1825 };

/** The policy of one kind, and before it is set what it would move, delete and save. */
export function PolicyDrawer({ kind, onClose }: { kind: Kind; onClose(): void }) {
  const say = useSay();
  const formats = useFormats();
  const { message } = App.useApp();
  const set = useSetPolicy();
  const [policy, setPolicy] = useState<Policy>(kind.policy);
  const settled = useSettled(policy, 300);
  const preview = usePolicyPreview(kind.kind, inOrder(settled) ? settled : null);
  const offered = steps.filter((step) => step === "delete" || kind.tiers.includes(step));
  const ordered = inOrder(policy);
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      title={say("storage.policyOf", { kind: formats.say(kind.label) })}
      footer={
        <div className="row">
          <Button
            type="primary"
            disabled={!ordered}
            loading={set.isPending}
            onClick={() =>
              set.mutate(
                { kind: kind.kind, policy },
                {
                  onSuccess: () => {
                    void message.success(say("ui.saved"));
                    onClose();
                  },
                },
              )
            }
          >
            {say("ui.save")}
          </Button>
          <Button onClick={onClose}>{say("ui.cancel")}</Button>
        </div>
      }
    >
      <ul className="policy-steps">
        {offered.map((step) => (
          <StepLine
            key={step}
            step={step}
            days={policy[fieldOf[step]]}
            onChange={(days) => setPolicy({ ...policy, [fieldOf[step]]: days })}
          />
        ))}
      </ul>
      {!ordered && (
        <p className="wrong" role="alert">
          {say("storage.order")}
        </p>
      )}
      {set.isError && <ProblemNote error={set.error} />}
      <div aria-live="polite">
        {preview.isError && <ProblemNote error={preview.error} />}
        {ordered && preview.data !== undefined && <Would kind={kind} preview={preview.data} />}
      </div>
    </Drawer>
  );
}

/** Each step has to come later than the one before. */
function inOrder(policy: Policy): boolean {
  const days = steps.map((step) => policy[fieldOf[step]]).filter((one) => one !== null);
  return days.every((one, at) => at === 0 || one > (days[at - 1] ?? 0));
}

function StepLine({
  step,
  days,
  onChange,
}: {
  step: Step;
  days: number | null;
  onChange(days: number | null): void;
}) {
  const say = useSay();
  const id = `policy-${step}`;
  return (
    <li>
      <Switch
        checked={days !== null}
        aria-label={say(`storage.step.${step}`)}
        onChange={(on) => onChange(on ? usualDays[step] : null)}
      />
      <div>
        <label htmlFor={id}>
          <b>{say(`storage.step.${step}`)}</b>
        </label>
        <p className="soft">{say(`storage.stepText.${step}`)}</p>
      </div>
      {days === null ? (
        <span className="soft">{say("storage.never")}</span>
      ) : (
        <span className="policy-days">
          <InputNumber
            id={id}
            min={1}
            max={36_500}
            precision={0}
            value={days}
            onChange={(next) => next !== null && onChange(next)}
            suffix={say("storage.dayUnit")}
          />
          <span className="faint">{daysText(days, say)}</span>
        </span>
      )}
    </li>
  );
}

/** What would happen: months that move or go, what is held back, who looks back further, and the sums. */
function Would({ kind, preview }: { kind: Kind; preview: z.infer<typeof PolicyPreview> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const sum = (step: string) => {
    const moves = preview.moves.filter((one) => one.step === step);
    return {
      months: moves.length,
      rows: moves.reduce((all, one) => all + one.rows, 0),
      bytes: moves.reduce((all, one) => all + one.bytes, 0),
    };
  };
  const lines = (["warm", "cold", "delete", "bring-back"] as const)
    .map((step) => ({ step, ...sum(step) }))
    .filter((one) => one.months > 0);
  return (
    <section className="would">
      <h3>{say("storage.would")}</h3>
      {lines.length === 0 ? (
        <p className="soft">{say("storage.wouldNothing")}</p>
      ) : (
        <ul>
          {lines.map((one) => (
            <li key={one.step} className={one.step === "delete" ? "bad-text" : undefined}>
              {say(`storage.would.${one.step}`, {
                months: one.months,
                rows: formats.compact(one.rows),
                bytes: formats.bytes(one.bytes),
                count: one.months,
              })}
            </li>
          ))}
        </ul>
      )}
      <div className="row wrap would-sums">
        <Change
          name={say("storage.size")}
          before={formats.bytes(kind.now.bytes)}
          after={formats.bytes(preview.after.bytes)}
        />
        <Change
          name={say("storage.yearly")}
          before={formats.money(kind.now.yearlyFen)}
          after={formats.money(preview.after.yearlyFen)}
        />
      </div>
      {preview.held > 0 && (
        <Notice
          tone="info"
          title={say("storage.wouldHeld", { n: formats.number(preview.held), count: preview.held })}
        />
      )}
      {preview.segments.length > 0 && (
        <Notice
          tone="warn"
          title={say("storage.wouldSegments", { n: preview.segments.length, count: preview.segments.length })}
          text={
            <span className="row wrap">
              {preview.segments.map((one) => (
                <Link key={one.id} to={here.to(`/segments/${one.id}`)}>
                  {one.name}
                  {one.days !== null && ` (${daysText(one.days, say)})`}
                </Link>
              ))}
            </span>
          }
        />
      )}
    </section>
  );
}
