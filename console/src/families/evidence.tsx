import type { Person } from "@stork/contract/people.ts";
import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { namespaceName } from "./namespace-name.ts";

/** Why these identifiers are one person. */
export function Evidence({ evidence }: { evidence: NonNullable<Person["evidence"]> }) {
  const say = useSay();
  const formats = useFormats();
  const here = useHere();
  const { person = "" } = useParams();
  const [all, setAll] = useState(false);
  const shown = all ? evidence : evidence.slice(0, 4);
  return (
    <Panel
      title={say("families.evidence")}
      extra={<Link to={here.to(`/families/${person}/identity`)}>{say("identity.open")}</Link>}
    >
      <ul className="evidence">
        {shown.map((one) => (
          <li key={`${one.a.namespace}${one.a.value}${one.b.namespace}${one.b.value}${one.at}`}>
            <span>
              {namespaceName(one.a.namespace, say)} <b>=</b> {namespaceName(one.b.namespace, say)}
            </span>
            <small>
              {formats.say(one.rule)} · {one.source} · {formats.date(formats.dayOf(one.at))}
            </small>
          </li>
        ))}
      </ul>
      {evidence.length > 4 && (
        <Button type="link" size="small" onClick={() => setAll(!all)}>
          {say(all ? "ui.showLess" : "ui.showMore")}
        </Button>
      )}
    </Panel>
  );
}
