import { Button, Input } from "antd";
import { useOthers } from "../families/find-others.ts";
import { useSay } from "../i18n/i18n.ts";
import { Panel } from "../ui/page.tsx";
import type { Wanted } from "./queries.ts";

/** Finds somebody else, to be merged with or kept apart from. */
export function MergeWith({ person, onWant }: { person: string; onWant: (wanted: Wanted) => void }) {
  const say = useSay();
  const { typed, type, others, none } = useOthers([person]);
  return (
    <Panel title={say("identity.mergeWith")}>
      <Input
        allowClear
        autoComplete="off"
        placeholder={say("identity.mergeFind")}
        aria-label={say("identity.mergeFind")}
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      {none && <p className="soft">{say("identity.mergeNone")}</p>}
      <ul className="identity-found">
        {others.map((one) => (
          <li key={one.person}>
            <span>
              {one.name ?? say("identity.unnamed")} <small>{one.phone ?? one.city}</small>
            </span>
            <span>
              <Button size="small" onClick={() => onWant({ kind: "merge", a: person, b: one.person })}>
                {say("identity.isSame")}
              </Button>
              <Button
                size="small"
                type="text"
                onClick={() => onWant({ kind: "never-same", a: person, b: one.person })}
              >
                {say("identity.isNever")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
