import type { IdentityRule, IdentityRules, RulesEffect } from "@stork/contract/identity.ts";
import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { namespaceName } from "../families/namespace-name.ts";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, ProblemNote, Trouble } from "../ui/states.tsx";
import { OwnRule } from "./own-rule.tsx";
import { useRules, useRulesEffect, useSaveRules } from "./queries.ts";
import "./identity.css";

/** By what rules identifiers join: changed with a word on what that does to what is there. */
export function RulesPage() {
  const say = useSay();
  const here = useHere();
  const rules = useRules();
  // Outlives the version that it makes.
  const save = useSaveRules();
  return (
    <Page
      title={say("identity.rulesTitle")}
      name={say("identity.rules")}
      sub={say("identity.rulesSub")}
      back={<Link to={here.to("/families")}>← {say("shell.families")}</Link>}
      actions={<Link to={here.to("/families/review")}>{say("identity.review")}</Link>}
    >
      {rules.isPending ? (
        <BoxSkeleton height={480} />
      ) : rules.isError ? (
        <Trouble error={rules.error} retry={() => void rules.refetch()} />
      ) : (
        <>
          {save.isSuccess && (
            <Notice tone="good" title={say("identity.rulesSaved")} text={<Effect of={save.data.effect} />} />
          )}
          <Rules key={rules.data.version} known={rules.data} save={save} />
        </>
      )}
    </Page>
  );
}

function Rules({ known, save }: { known: IdentityRules; save: ReturnType<typeof useSaveRules> }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const who = useWhoSaid();
  const [rules, setRules] = useState<IdentityRule[]>([
    ...known.rules,
    known.others.certain,
    known.others.weak,
  ]);
  const effect = useRulesEffect();
  const [mostNodes, setMostNodes] = useState(known.mostNodes);
  const [reason, setReason] = useState("");
  const mayChange = here.can("identity:write");
  // As they came: seen before it is done, like any other change.
  const [toStandard, setToStandard] = useState(false);
  const draft = toStandard
    ? { rules: [], mostNodes: standardNodes, reason: reason.trim() }
    : { rules, mostNodes, reason: reason.trim() };
  const edited = () => {
    effect.reset();
    setToStandard(false);
  };
  const change = (kind: string, part: Partial<IdentityRule>) => {
    setRules((all) => all.map((rule) => (rule.kind === kind ? { ...rule, ...part } : rule)));
    edited();
  };
  const isStandard = (kind: string) => standard.has(kind);
  const before = [...known.rules, known.others.certain, known.others.weak];
  const changedNow =
    toStandard || mostNodes !== known.mostNodes || JSON.stringify(before) !== JSON.stringify(rules);
  return (
    <Panel>
      {known.changedBy !== null && known.changedAt !== null && (
        <p className="faint">
          {say("identity.rulesBy", {
            ...{ version: known.version, at: formats.instant(known.changedAt), who: who(known.changedBy) },
          })}
        </p>
      )}
      <div className="rules">
        {rules.map((rule) => (
          <RuleRow
            key={rule.kind}
            rule={rule}
            changed={known.changed.includes(rule.kind)}
            onChange={mayChange ? (part) => change(rule.kind, part) : null}
            onRemove={
              mayChange && !isStandard(rule.kind)
                ? () => {
                    setRules((all) => all.filter(({ kind }) => kind !== rule.kind));
                    edited();
                  }
                : null
            }
          />
        ))}
      </div>
      {mayChange && (
        <OwnRule
          rules={rules}
          onAdd={(rule) => {
            setRules((all) => [...all, rule]);
            edited();
          }}
        />
      )}
      <div className="rule-field rule-most">
        <span>{say("identity.rule.mostNodes")}</span>
        <InputNumber
          aria-label={say("identity.rule.mostNodes")}
          disabled={!mayChange}
          min={2}
          max={2000}
          value={mostNodes}
          onChange={(value) => {
            setMostNodes(value ?? known.mostNodes);
            edited();
          }}
        />
      </div>
      {effect.isError && <ProblemNote error={effect.error} />}
      {save.isError && <ProblemNote error={save.error} />}
      {effect.data !== undefined && (
        <>
          <Notice
            tone="info"
            title={toStandard ? say("identity.rulesToStandard") : <Effect of={effect.data} />}
            text={toStandard && <Effect of={effect.data} />}
          />
          <Input
            placeholder={say("identity.rulesReason")}
            aria-label={say("identity.rulesReason")}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </>
      )}
      {mayChange && (
        <div className="review-buttons">
          <Button onClick={() => effect.mutate(draft)} loading={effect.isPending} disabled={!changedNow}>
            {say("identity.rulesPreview")}
          </Button>
          <Button
            type="primary"
            disabled={!changedNow || effect.data === undefined || draft.reason === ""}
            loading={save.isPending}
            onClick={() => save.mutate(draft)}
          >
            {say("identity.rulesSave")}
          </Button>
          {known.changed.length > 0 && (
            <Button
              type="text"
              onClick={() => {
                setToStandard(true);
                setReason(say("identity.rulesReset"));
                effect.mutate({ rules: [], mostNodes: standardNodes, reason: "" });
              }}
            >
              {say("identity.rulesReset")}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}

function Effect({ of: { joinable, shared, parting, freed } }: { of: RulesEffect }) {
  const say = useSay();
  return <>{say("identity.rulesEffect", { joinable, shared, parting, freed })}</>;
}

const standardNodes = 200;

/** The kinds that have a rule as they come; what was added beside them can be taken away. */
const standard = new Set([
  ...["user", "member", "unionid", "openid", "taobao", "phone", "email", "anonymous", "device"],
  ...["*", "*-trace"],
]);

function RuleRow({
  rule,
  changed,
  onChange,
  onRemove,
}: {
  rule: IdentityRule;
  changed: boolean;
  onChange: ((part: Partial<IdentityRule>) => void) | null;
  onRemove: (() => void) | null;
}) {
  const say = useSay();
  const fixed = onChange === null;
  const set = (part: Partial<IdentityRule>) => onChange?.(part);
  const name =
    rule.kind === "*"
      ? say("identity.rule.others")
      : rule.kind === "*-trace"
        ? say("identity.rule.traces")
        : rule.kind === "member" || rule.kind === "openid"
          ? say(`identity.rule.${rule.kind}`)
          : namespaceName(rule.kind, say);
  const label = (field: string) => `${name}: ${field}`;
  return (
    <fieldset className="rule">
      <legend>
        {name} {changed && <small>{say("identity.rule.changed")}</small>}
      </legend>
      <div className="rule-field">
        <span>{say("identity.rule.strength")}</span>
        <Select
          aria-label={label(say("identity.rule.strength"))}
          disabled={fixed}
          value={rule.strength}
          onChange={(strength) => set({ strength })}
          options={(["certain", "weak"] as const).map((value) => ({
            value,
            label: say(`identity.rule.${value}`),
          }))}
        />
      </div>
      <div className="rule-field">
        <span>{say("identity.rule.mostPerPerson")}</span>
        <InputNumber
          aria-label={label(say("identity.rule.mostPerPerson"))}
          disabled={fixed}
          min={1}
          max={1000}
          value={rule.mostPerPerson}
          onChange={(value) => set({ mostPerPerson: value ?? 1 })}
        />
      </div>
      <div className="rule-field">
        <span>{say("identity.rule.mostPersons")}</span>
        <InputNumber
          aria-label={label(say("identity.rule.mostPersons"))}
          disabled={fixed}
          min={1}
          max={1000}
          placeholder={say("identity.rule.unlimited")}
          value={rule.mostPersons}
          onChange={(mostPersons) => set({ mostPersons })}
        />
      </div>
      <div className="rule-field">
        <span>{say("identity.rule.window")}</span>
        <InputNumber
          aria-label={label(say("identity.rule.window"))}
          disabled={fixed || rule.mostPersons === null}
          min={1}
          max={3650}
          placeholder={say("identity.rule.ever")}
          value={rule.windowDays}
          onChange={(windowDays) => set({ windowDays })}
        />
      </div>
      <div className="rule-field">
        <span>{say("identity.rule.whenShared")}</span>
        <Select
          aria-label={label(say("identity.rule.whenShared"))}
          disabled={fixed || rule.mostPersons === null}
          value={rule.whenShared}
          onChange={(whenShared) => set({ whenShared })}
          options={(["part", "propose"] as const).map((value) => ({
            value,
            label: say(`identity.rule.${value}`),
          }))}
        />
      </div>
      <div className="rule-field">
        <span>{say("identity.rule.rank")}</span>
        <InputNumber
          aria-label={label(say("identity.rule.rank"))}
          disabled={fixed}
          min={0}
          max={99}
          value={rule.rank}
          onChange={(value) => set({ rank: value ?? 0 })}
        />
      </div>
      <div className="rule-checks">
        <Checkbox
          disabled={fixed}
          checked={rule.perSource}
          onChange={(e) => set({ perSource: e.target.checked })}
        >
          {say("identity.rule.perSource")}
        </Checkbox>
        <Checkbox disabled={fixed} checked={rule.review} onChange={(e) => set({ review: e.target.checked })}>
          {say("identity.rule.review")}
        </Checkbox>
        {onRemove !== null && (
          <Button type="link" size="small" danger onClick={onRemove}>
            {say("identity.rule.remove")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
