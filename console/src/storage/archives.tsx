import type { Archive, KindOfData } from "@stork/contract/storage.ts";
import { App, Button, Input } from "antd";
import { useState } from "react";
import type { z } from "zod";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { eventName } from "../ui/event-name.ts";
import { Panel } from "../ui/page.tsx";
import { ProblemNote } from "../ui/states.tsx";
import { useAskArchive, useBringBack } from "./queries.ts";

/** Months in cold files: asked where they lie, or brought back into the tables. */
export function Archives({
  archives,
  kinds,
}: {
  archives: z.infer<typeof Archive>[];
  kinds: readonly z.infer<typeof KindOfData>[];
}) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const { message } = App.useApp();
  const bring = useBringBack();
  if (archives.length === 0)
    return (
      <Panel title={say("storage.archives")}>
        <p className="soft">{say("storage.noArchives")}</p>
      </Panel>
    );
  return (
    <Panel title={say("storage.archives")}>
      <p className="soft panel-lead">{say("storage.archivesText")}</p>
      <Ask />
      <ul className="lines-list">
        {archives.map((one) => {
          const kind = kinds.find((each) => each.kind === one.kind);
          return (
            <li key={one.id}>
              <div>
                <b>{one.month}</b>{" "}
                <span className="soft">{kind === undefined ? one.kind : formats.say(kind.label)}</span>
                <p className="faint">
                  {say("storage.rowsN", { n: formats.compact(one.rows), count: one.rows })} ·{" "}
                  <code>{one.file}</code>
                </p>
              </div>
              <b className="nowrap">{formats.bytes(one.bytes)}</b>
              {here.can("settings:write") && (
                <Button
                  size="small"
                  loading={bring.isPending && bring.variables === one.id}
                  onClick={() =>
                    bring.mutate(one.id, {
                      onSuccess: () => void message.success(say("storage.bringing")),
                      onError: (error: Error) => void message.error(error.message),
                    })
                  }
                >
                  {say("storage.bringBack")}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** A question to the files as they lie. */
function Ask() {
  const say = useSay();
  const formats = useFormats();
  const ask = useAskArchive();
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [event, setEvent] = useState("");
  return (
    <div className="archive-ask">
      <form
        className="row wrap"
        onSubmit={(submitted) => {
          submitted.preventDefault();
          ask.mutate({
            ...(from === "" ? {} : { from }),
            ...(to === "" ? {} : { to }),
            ...(event.trim() === "" ? {} : { event: event.trim() }),
          });
        }}
      >
        <Input
          type="date"
          value={from}
          aria-label={say("storage.from")}
          onChange={(e) => setFrom(e.target.value)}
        />
        <Input
          type="date"
          value={to}
          aria-label={say("storage.to")}
          onChange={(e) => setTo(e.target.value)}
        />
        <Input
          className="archive-event"
          value={event}
          aria-label={say("storage.event")}
          placeholder={say("storage.eventPlaceholder")}
          onChange={(e) => setEvent(e.target.value)}
        />
        <Button htmlType="submit" loading={ask.isPending}>
          {say("storage.ask")}
        </Button>
      </form>
      {ask.isError && <ProblemNote error={ask.error} />}
      {ask.data !== undefined && (
        <div className="archive-answer" aria-live="polite">
          <p className="faint">
            {say(ask.data.rows.length === 0 ? "storage.answerNone" : "storage.answer", {
              n: ask.data.rows.length,
              ms: formats.number(Math.round(ask.data.tookMs)),
              count: ask.data.rows.length,
            })}
          </p>
          {ask.data.rows.length > 0 && (
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{say("storage.month")}</th>
                  <th scope="col">{say("storage.event")}</th>
                  <th scope="col" className="num">
                    {say("storage.events")}
                  </th>
                  <th scope="col" className="num">
                    {say("storage.persons")}
                  </th>
                  <th scope="col" className="num">
                    {say("storage.amount")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {ask.data.rows.map((row) => (
                  <tr key={`${row.month} ${row.name}`}>
                    <td>{row.month}</td>
                    <td>{eventName(row.name, formats.language)}</td>
                    <td className="num">{formats.number(row.events)}</td>
                    <td className="num">{formats.number(row.persons)}</td>
                    <td className="num">{formats.money(row.amountFen)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </div>
  );
}
