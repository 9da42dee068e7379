import type { IdentityRule, IdentityRules, RulesEffect } from "@stork/contract/identity.ts";
import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Page, Panel } from "../ui/page.tsx";
import { BoxSkeleton, Notice, ProblemNote, Trouble } from "../ui/states.tsx";
import { OwnRule } from "./own-rule.tsx";
import { useRules, useRulesEffect, useSaveRules } from "./queries.ts";
import { RuleRow } from "./rule-row.tsx";
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
