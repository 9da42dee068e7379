import type { Person } from "@stork/contract/people.ts";
import type { ComingEntry } from "@stork/contract/stage-calendar.ts";
import { Button, Tooltip } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { Panel } from "../ui/page.tsx";
import { RowsSkeleton, Trouble } from "../ui/states.tsx";
import { useComing } from "./queries.ts";

const atFirst = 8;

/** What is on and what comes for the children in the next three months, each with its source. */
export function ComingPanel({ person }: { person: Person }) {
  const say = useSay();
  const coming = useComing(person.id);
  const [all, setAll] = useState(false);
  if (person.children.length === 0) return null;
  const items = coming.data?.items.filter(({ state }) => state !== "past") ?? [];
  const next = items.filter(({ state }) => state === "coming");
  const now = items.filter(({ state }) => state === "now");
  const shown = all ? next : next.slice(0, atFirst);
  const several = new Set(items.map(({ child }) => child)).size > 1;
  return (
    <Panel title={say("children.coming")}>
      {coming.isPending ? (
        <RowsSkeleton rows={4} />
      ) : coming.isError ? (
        <Trouble error={coming.error} retry={() => void coming.refetch()} />
      ) : items.length === 0 ? (
        <p className="soft">{say("children.nothingComing")}</p>
      ) : (
        <>
          {now.length > 0 && (
            <p className="coming-now">
              <span className="soft">{say("children.now")}</span>
              {now.map((one) => (
                <Chip key={`${one.child}${one.entry.id}`} one={one} />
              ))}
            </p>
          )}
          <ol className="coming">
            {shown.map((one) => (
              <Line
                key={`${one.child}${one.entry.id}`}
                one={one}
                child={several ? childName(person, one.child) : null}
              />
            ))}
          </ol>
          {next.length > atFirst && (
            <Button type="link" size="small" onClick={() => setAll(!all)}>
              {say(all ? "ui.showLess" : "ui.showMore")}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}

function Chip({ one }: { one: ComingEntry }) {
  const formats = useFormats();
  return (
    <Tooltip title={formats.say(one.entry.source)}>
      <span className="coming-chip">{formats.say(one.entry.name)}</span>
    </Tooltip>
  );
}

function Line({ one, child }: { one: ComingEntry; child: string | null }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <li>
      <time dateTime={one.on}>{formats.shortDate(one.on)}</time>
      <span>
        {formats.say(one.entry.name)}
        {child !== null && <span className="soft"> · {child}</span>}
        {!one.sure && <span className="faint"> · {say("children.aboutThen")}</span>}
        <small>{formats.say(one.entry.source)}</small>
      </span>
      <span className="faint">{say(`children.kind.${one.entry.kind}`)}</span>
    </li>
  );
}

/** A child by its masked name, else by its date. */
function childName(person: Person, id: string): string {
  const child = person.children.find((one) => one.id === id);
  return child?.name ?? child?.bornOn ?? child?.dueOn ?? "";
}
