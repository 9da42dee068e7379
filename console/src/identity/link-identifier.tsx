import { AutoComplete, Button, Input } from "antd";
import { useState } from "react";
import { namespaceName } from "../families/namespace-name.ts";
import { useSay } from "../i18n/i18n.ts";
import { Panel } from "../ui/page.tsx";
import type { Wanted } from "./queries.ts";

const usual = ["phone", "email", "unionid", "user", "member:", "openid:", "taobao"] as const;

/** One more identifier that is hers, by somebody's word: a number she told on the phone. */
export function LinkIdentifier({
  person,
  namespaces,
  onWant,
}: {
  person: string;
  /** Those of her own, to choose the shop or app from. */
  namespaces: readonly string[];
  onWant: (wanted: Wanted) => void;
}) {
  const say = useSay();
  const [namespace, setNamespace] = useState("phone");
  const [value, setValue] = useState("");
  const isWhole = namespace.trim() !== "" && !namespace.endsWith(":") && value.trim() !== "";
  const offered = [...new Set([...usual, ...namespaces])];
  // What has a shop or an app after a colon is typed as it is.
  const nameOf = (one: string) => (one.includes(":") ? one : namespaceName(one, say));
  return (
    <Panel title={say("identity.linkOne")}>
      <form
        className="identity-link"
        onSubmit={(event) => {
          event.preventDefault();
          if (isWhole) onWant({ kind: "link", person, identifier: `${namespace.trim()}:${value.trim()}` });
        }}
      >
        <AutoComplete
          aria-label={say("identity.linkKind")}
          value={nameOf(namespace)}
          onChange={(text: string) => setNamespace(offered.find((one) => nameOf(one) === text) ?? text)}
          options={offered.map((one) => ({
            value: nameOf(one),
            label: one.endsWith(":")
              ? say(one === "member:" ? "identity.rule.member" : "identity.rule.openid")
              : namespaceName(one, say),
          }))}
        />
        <Input
          autoComplete="off"
          aria-label={say("identity.linkValue")}
          placeholder={say("identity.linkValue")}
          value={value}
          maxLength={200}
          onChange={(event) => setValue(event.target.value)}
        />
        <Button htmlType="submit" disabled={!isWhole}>
          {say("identity.do.link")}
        </Button>
      </form>
      <p className="faint">{say("identity.linkHelp")}</p>
    </Panel>
  );
}
