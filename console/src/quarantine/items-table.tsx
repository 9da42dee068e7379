import type { QuarantineItem } from "@stork/contract/quarantine.ts";
import { Checkbox } from "antd";
import { useSay } from "../i18n/i18n.ts";
import { useFormats } from "../shell/session.tsx";
import { useNarrow } from "../ui/narrow.ts";
import { useNow } from "../ui/now.ts";

interface Props {
  rows: readonly QuarantineItem[];
  choosable: boolean;
  chosen: ReadonlySet<string>;
  onChoose(next: ReadonlySet<string>): void;
  onOpen(id: string): void;
}

export function ItemsTable(props: Props) {
  return useNarrow() ? <Cards {...props} /> : <Table {...props} />;
}

/** The boxes to choose rows by: one for each, and one for all that are shown. */
function useBoxes({ rows, chosen, onChoose }: Props) {
  const say = useSay();
  const all = rows.length > 0 && rows.every((row) => chosen.has(row.id));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    onChoose(next);
  };
  return {
    all: (label?: string) => (
      <Checkbox
        {...(label === undefined ? { "aria-label": say("quarantine.chooseAll") } : {})}
        checked={all}
        indeterminate={!all && chosen.size > 0}
        onChange={(event) => onChoose(event.target.checked ? new Set(rows.map((row) => row.id)) : new Set())}
      >
        {label}
      </Checkbox>
    ),
    of: (row: QuarantineItem) => (
      <Checkbox
        aria-label={say("quarantine.chooseOne", { what: row.glance })}
        checked={chosen.has(row.id)}
        onChange={(event) => toggle(row.id, event.target.checked)}
      />
    ),
  };
}

function Table(props: Props) {
  const { rows, choosable, onOpen } = props;
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const box = useBoxes(props);
  return (
    <div className="panel table-box">
      <table className="table quarantine-table">
        <caption className="hidden">{say("quarantine.title")}</caption>
        <thead>
          <tr>
            {choosable && (
              <th scope="col" className="choose">
                {box.all()}
              </th>
            )}
            <th scope="col">{say("quarantine.reason")}</th>
            <th scope="col">{say("quarantine.what")}</th>
            <th scope="col">{say("quarantine.source")}</th>
            <th scope="col" className="num">
              {say("quarantine.at")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {choosable && <td className="choose">{box.of(row)}</td>}
              <td>
                <button type="button" className="open-item" onClick={() => onOpen(row.id)}>
                  {formats.say(row.reason)}
                </button>
                <Ended item={row} />
              </td>
              <td className="glance">
                <span>{row.glance}</span>
                {row.items > 1 && (
                  <span className="row-sub">{say("quarantine.items", { n: formats.number(row.items) })}</span>
                )}
              </td>
              <td>
                {row.source.name}
                <span className="row-sub">
                  <Place item={row} />
                </span>
              </td>
              <td className="num nowrap" title={formats.instant(row.at)}>
                {formats.ago(row.at, now)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cards(props: Props) {
  const { rows, choosable, onOpen } = props;
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  const box = useBoxes(props);
  return (
    <ul className="cards" aria-label={say("quarantine.title")}>
      {choosable && <li className="choose-all">{box.all(say("quarantine.chooseAll"))}</li>}
      {rows.map((row) => (
        <li key={row.id} className="panel quarantine-line">
          {choosable && <span className="choose">{box.of(row)}</span>}
          <button type="button" className="quarantine-card" onClick={() => onOpen(row.id)}>
            <span className="card-line">
              <strong>{formats.say(row.reason)}</strong>
              <span className="faint nowrap">{formats.ago(row.at, now)}</span>
            </span>
            <span className="card-line soft">
              <span className="one-line">{row.glance}</span>
            </span>
            <span className="faint">
              {row.source.name} · <Place item={row} />
            </span>
            <Ended item={row} />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Where in what came: a file's line, or the kind of thing. */
export function Place({ item }: { item: QuarantineItem }) {
  const say = useSay();
  const formats = useFormats();
  if (item.file !== null)
    return <>{say("quarantine.line", { file: item.file, line: formats.number(item.line ?? 0) })}</>;
  return <>{say(`quarantine.kind.${item.kind}`)}</>;
}

/** Who ended it, and what they noted. */
function Ended({ item }: { item: QuarantineItem }) {
  const say = useSay();
  if (item.state === "open") return null;
  const by = item.by ?? "—";
  return (
    <span className="row-sub">
      {say(item.state === "replayed" ? "quarantine.replayedBy" : "quarantine.droppedBy", { by })}
      {item.note !== null && item.note !== "" && `：${item.note}`}
    </span>
  );
}
