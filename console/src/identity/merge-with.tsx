import { Button, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { useFamilies } from "../families/queries.ts";
import { useSay } from "../i18n/i18n.ts";
import { Panel } from "../ui/page.tsx";
import type { Wanted } from "./queries.ts";

/** Finds somebody else, to be merged with or kept apart from. */
export function MergeWith({ person, onWant }: { person: string; onWant: (wanted: Wanted) => void }) {
  const say = useSay();
  // May be somebody's number: it never goes into the address.
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const found = useFamilies(query.length >= 2 ? query : "", null, null);
  const others =
    query.length < 2 || found.isPlaceholderData
      ? []
      : (found.data?.pages.flatMap(({ items }) => items) ?? [])
          .filter((one) => one.person !== person)
          .slice(0, 5);
  return (
    <Panel title={say("identity.mergeWith")}>
      <Input
        allowClear
        autoComplete="off"
        placeholder={say("identity.mergeFind")}
        aria-label={say("identity.mergeFind")}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {query.length >= 2 && others.length === 0 && !found.isFetching && (
        <p className="soft">{say("identity.mergeNone")}</p>
      )}
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
