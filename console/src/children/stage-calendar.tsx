import { PlusOutlined } from "@ant-design/icons";
import {
  type CalendarEntry,
  type KeptEntry,
  moments,
  type StageCalendar,
} from "@stork/contract/stage-calendar.ts";
import { App, Button, Select } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { RowsSkeleton, Trouble } from "../ui/states.tsx";
import { EntryForm } from "./entry-form.tsx";
import { useSetStageCalendar, useStageCalendar } from "./queries.ts";
import { usePoint } from "./use-point.ts";
import "./children.css";

/** What comes at which age: the standards with their sources, and what this workspace does differently. */
export function StageCalendarPart() {
  const say = useSay();
  const here = useHere();
  const calendar = useStageCalendar();
  const [kind, setKind] = useState<KeptEntry["kind"] | null>(null);
  const [form, setForm] = useState<KeptEntry | "new" | null>(null);
  const save = useSave(calendar.data);
  if (calendar.isPending) return <RowsSkeleton rows={8} />;
  if (calendar.isError) return <Trouble error={calendar.error} retry={() => void calendar.refetch()} />;
  const items = calendar.data.items.filter((one) => kind === null || one.kind === kind);
  const mayWrite = here.can("settings:write");
  return (
    <>
      <p className="soft">{say("children.calendarHelp")}</p>
      <div className="row wrap">
        <Select
          aria-label={say("children.kindLabel")}
          value={kind ?? ""}
          onChange={(value) => setKind(moments.find((one) => one === value) ?? null)}
          popupMatchSelectWidth={false}
          options={[
            { value: "" as const, label: say("children.allKinds") },
            ...moments.map((value) => ({ value, label: say(`children.kind.${value}`) })),
          ]}
        />
        {mayWrite && (
          <Button className="push" type="primary" icon={<PlusOutlined />} onClick={() => setForm("new")}>
            {say("children.addEntry")}
          </Button>
        )}
      </div>
      <ul className="entries">
        {items.map((entry) => (
          <Entry
            key={entry.id}
            entry={entry}
            {...(mayWrite ? { change: () => setForm(entry), drop: save.drop, restore: save.restore } : {})}
          />
        ))}
      </ul>
      {form !== null && (
        <EntryForm
          entry={form === "new" ? null : form}
          saving={save.isPending}
          onSave={(entry) => save.put(entry, () => setForm(null))}
          onClose={() => setForm(null)}
        />
      )}
    </>
  );
}

function Entry({
  entry,
  change,
  drop,
  restore,
}: {
  entry: KeptEntry;
  change?: () => void;
  drop?: (id: string) => void;
  restore?: (id: string) => void;
}) {
  const say = useSay();
  const formats = useFormats();
  const point = usePoint();
  return (
    <li className={entry.origin === "removed" ? "gone" : ""}>
      <div>
        <strong>{formats.say(entry.name)}</strong>{" "}
        {entry.origin !== "standard" && (
          <span className="origin">{say(`children.origin.${entry.origin}`)}</span>
        )}
        <small>{formats.say(entry.source)}</small>
        {entry.note !== null && <small>{formats.say(entry.note)}</small>}
      </div>
      <div className="when">
        {point(entry.from)}
        {entry.until !== null && ` – ${point(entry.until)}`}
        {entry.standard !== undefined && (
          <small>{say("children.standardSays", { when: point(entry.standard.from) })}</small>
        )}
        {entry.age === "corrected" && <small>{say("children.correctedAge")}</small>}
      </div>
      {change !== undefined && (
        <div className="row acts">
          {entry.origin === "removed" ? (
            <Button size="small" onClick={() => restore?.(entry.id)}>
              {say("children.restore")}
            </Button>
          ) : (
            <>
              <Button size="small" type="text" onClick={change}>
                {say("children.change")}
              </Button>
              <Button
                size="small"
                type="text"
                danger={entry.origin !== "changed"}
                onClick={() => (entry.origin === "changed" ? restore?.(entry.id) : drop?.(entry.id))}
              >
                {say(entry.origin === "changed" ? "children.restore" : "children.drop")}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}

/** The differences as a whole, with one of them put, dropped or restored. */
function useSave(calendar: StageCalendar | undefined) {
  const say = useSay();
  const { message } = App.useApp();
  const set = useSetStageCalendar();
  const state = (
    alter: (changed: Map<string, CalendarEntry>, removed: Set<string>) => void,
    done?: () => void,
  ) => {
    if (calendar === undefined) return;
    const changed = new Map(
      calendar.items
        .filter(({ origin }) => origin === "changed" || origin === "own")
        .map((one) => [one.id, bare(one)]),
    );
    const removed = new Set(calendar.items.filter(({ origin }) => origin === "removed").map(({ id }) => id));
    alter(changed, removed);
    set.mutate(
      { version: calendar.version, changed: [...changed.values()], removed: [...removed] },
      {
        onSuccess: () => {
          void message.success(say("ui.saved"));
          done?.();
        },
        onError: (error) => void message.error(error.message),
      },
    );
  };
  const isOwn = (id: string) => calendar?.items.some((one) => one.id === id && one.origin === "own") ?? false;
  return {
    isPending: set.isPending,
    put: (entry: CalendarEntry, done: () => void) => state((changed) => changed.set(entry.id, entry), done),
    drop: (id: string) =>
      state((changed, removed) => {
        changed.delete(id);
        if (!isOwn(id)) removed.add(id);
      }),
    restore: (id: string) =>
      state((changed, removed) => {
        changed.delete(id);
        removed.delete(id);
      }),
  };
}

const bare = ({
  origin: _origin,
  standard: _standard,
  by: _by,
  at: _at,
  ...entry
}: KeptEntry): CalendarEntry => entry;
