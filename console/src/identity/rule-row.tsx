import type { IdentityRule } from "@stork/contract/identity.ts";
import { Button, Checkbox, InputNumber, Select } from "antd";
import { namespaceName } from "../families/namespace-name.ts";
import { useSay } from "../i18n/i18n.ts";

/** How one kind of identifier joins: how surely, how many of it a person has, when a shared one parts. */
export function RuleRow({
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
