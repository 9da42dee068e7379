import { EyeOutlined } from "@ant-design/icons";
import type { Person } from "@stork/contract/people.ts";
import { Button, Popconfirm } from "antd";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useHere } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { Notice, ProblemNote } from "../ui/states.tsx";
import { namespaceName } from "./namespace-name.ts";
import { useReveal } from "./queries.ts";

/** How she is known: masked, until somebody who may asks to see, which is written down. */
export function Who({ person }: { person: Person }) {
  const say = useSay();
  const here = useHere();
  const reveal = useReveal(person.id);
  const shown = reveal.data ?? person;
  return (
    <Panel
      title={say("families.who")}
      extra={
        here.can("people:reveal") &&
        reveal.data === undefined && (
          <Popconfirm
            title={say("families.revealTitle")}
            description={say("families.revealText")}
            okText={say("families.reveal")}
            cancelText={say("ui.cancel")}
            onConfirm={() => reveal.mutate()}
          >
            <Button size="small" icon={<EyeOutlined />} loading={reveal.isPending}>
              {say("families.reveal")}
            </Button>
          </Popconfirm>
        )
      }
    >
      {person.suppressed && (
        <Notice tone="warn" title={say("families.suppressed")} text={say("families.suppressedText")} />
      )}
      {reveal.isError && <ProblemNote error={reveal.error} />}
      <dl className="facts">
        {shown.name !== null && (
          <div className="fact">
            <dt>{say("families.name")}</dt>
            <dd>{shown.name}</dd>
          </div>
        )}
        {shown.identifiers.map((one) => (
          <div className="fact" key={`${one.namespace}:${one.value}`}>
            <dt>{namespaceName(one.namespace, say)}</dt>
            <dd className="identifier">{one.value}</dd>
          </div>
        ))}
      </dl>
      {reveal.data !== undefined && Object.keys(reveal.data.traits).length > 0 && (
        <dl className="facts revealed">
          {Object.entries(reveal.data.traits).map(([key, value]) => (
            <div className="fact" key={key}>
              <dt>{key}</dt>
              <dd>{String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {reveal.data !== undefined && <p className="faint">{say("families.revealed")}</p>}
      {here.can("people:reveal") && (
        <p className="faint">
          <Link to={here.to(`/rights/looks?person=${person.id}`)}>{say("privacy.looksHers")}</Link>
        </p>
      )}
    </Panel>
  );
}
