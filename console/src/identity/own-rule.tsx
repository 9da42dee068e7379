import type { IdentityRule } from "@stork/contract/identity.ts";
import { Button, Input } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";

/** A rule for one shop or app alone: it starts as the rule of its kind is. */
export function OwnRule({
  rules,
  onAdd,
}: {
  rules: readonly IdentityRule[];
  onAdd: (rule: IdentityRule) => void;
}) {
  const say = useSay();
  const [typed, setTyped] = useState("");
  const kind = typed.trim().toLowerCase();
  const isFree = /^[a-z0-9][a-z0-9_.:-]*$/.test(kind) && !rules.some((rule) => rule.kind === kind);
  const like =
    rules.find((rule) => rule.kind === kind.split(":")[0]) ?? rules.find((rule) => rule.kind === "*");
  return (
    <form
      className="own-rule"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isFree || like === undefined) return;
        onAdd({ ...like, kind });
        setTyped("");
      }}
    >
      <Input
        aria-label={say("identity.rule.own")}
        placeholder={say("identity.rule.ownExample")}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Button htmlType="submit" disabled={!isFree}>
        {say("identity.rule.own")}
      </Button>
    </form>
  );
}
