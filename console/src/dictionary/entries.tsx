import { BookOutlined, SearchOutlined } from "@ant-design/icons";
import { type DictionaryEntry, EntryKind, EntryStatus } from "@stork/contract/dictionary.ts";
import { Button, Input, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Picks } from "../ui/picks.tsx";
import { useSettled } from "../ui/settled.ts";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { entryPath, nameOf } from "./entry-path.ts";
import { useEntries } from "./queries.ts";
import { SensitivityTag } from "./sensitivity-tag.tsx";
import { EntryStatusWord } from "./status-word.tsx";

export function Entries() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  const [typed, setTyped] = useState(get("query") ?? "");
  const query = useSettled(typed.trim(), 200);
  const kind = EntryKind.safeParse(get("kind")).data ?? null;
  const status = EntryStatus.safeParse(get("status")).data ?? null;
  const entries = useEntries({ kind, status, query });
  const rows = entries.data?.pages.flatMap((page) => page.items) ?? [];
  const first = entries.data?.pages[0];
  const filtered = kind !== null || status !== null || query !== "";
  return (
    <>
      <div className="page-filters">
        <Input
          allowClear
          className="dictionary-search"
          prefix={<SearchOutlined aria-hidden="true" />}
          placeholder={say("dictionary.search")}
          aria-label={say("dictionary.search")}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
            set({ query: event.target.value });
          }}
        />
        <Picks
          label={say("dictionary.view.names")}
          value={kind}
          onChange={(next) => set({ kind: next })}
          options={[
            { value: null, label: say("dictionary.allKinds") },
            ...EntryKind.options.map((one) => ({
              value: one,
              label: say(`dictionary.kind.${one}`),
              ...(first?.counts[one] === undefined ? {} : { count: formats.compact(first.counts[one]) }),
            })),
          ]}
        />
        <Select
          className="dictionary-status"
          aria-label={say("dictionary.status")}
          value={status ?? ""}
          onChange={(value) => set({ status: value === "" ? null : value })}
          options={[
            { value: "", label: say("dictionary.anyStatus") },
            ...EntryStatus.options.map((one) => ({ value: one, label: say(`dictionary.status.${one}`) })),
          ]}
        />
      </div>
      {entries.isPending ? (
        <RowsSkeleton rows={10} />
      ) : entries.isError ? (
        <Trouble error={entries.error} retry={() => void entries.refetch()} />
      ) : rows.length === 0 && filtered ? (
        <Teach
          title={say("dictionary.none")}
          text={say("dictionary.noneText")}
          action={
            <Button
              onClick={() => {
                setTyped("");
                set({ kind: null, status: null, query: null });
              }}
            >
              {say("dictionary.clear")}
            </Button>
          }
        />
      ) : rows.length === 0 ? (
        <Teach
          icon={<BookOutlined />}
          title={say("dictionary.empty")}
          text={say("dictionary.emptyText")}
          action={
            <Link to={here.to("/data/sources")}>
              <Button type="primary">{say("data.sources")}</Button>
            </Link>
          }
        />
      ) : (
        <Rows
          rows={rows}
          total={first?.total ?? rows.length}
          more={{
            has: entries.hasNextPage,
            loading: entries.isFetchingNextPage,
            load: () => void entries.fetchNextPage(),
          }}
        />
      )}
    </>
  );
}

function Rows({
  rows,
  total,
  more,
}: {
  rows: DictionaryEntry[];
  total: number;
  more: { has: boolean; loading: boolean; load(): void };
}) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const now = useNow();
  const columns: Column<DictionaryEntry>[] = [
    {
      id: "name",
      title: say("dictionary.name"),
      render: (row) => (
        <>
          {nameOf(row, formats)} <code className="faint">{codeOf(row)}</code>
          <span className="row-sub one-line dictionary-name">
            {row.meaning === null || formats.say(row.meaning) === ""
              ? say("dictionary.noMeaning")
              : formats.say(row.meaning)}
          </span>
        </>
      ),
      plain: (row) => row.id,
    },
    {
      id: "status",
      title: say("dictionary.status"),
      render: (row) => <EntryStatusWord status={row.status} tasks={row.tasks.length} />,
      plain: (row) => row.status,
    },
    {
      id: "type",
      title: say("dictionary.type"),
      render: (row) => (
        <span className="nowrap">
          {row.type === null ? <span className="soft">—</span> : say(`dictionary.type.${row.type}`)}
          {row.unit !== null && row.unit !== "" && <span className="soft"> · {row.unit}</span>}
        </span>
      ),
      plain: (row) => row.type,
    },
    {
      id: "sensitivity",
      title: say("dictionary.sensitivity"),
      render: (row) => <SensitivityTag level={row.sensitivity} />,
      plain: (row) => row.sensitivity,
    },
    {
      id: "owner",
      title: say("dictionary.owner"),
      optional: true,
      render: (row) => row.owner ?? <span className="soft">—</span>,
      plain: (row) => row.owner,
    },
    {
      id: "used",
      title: say("dictionary.usedBy"),
      numeric: true,
      render: (row) =>
        row.usedBy.length === 0 ? (
          <span className="soft">—</span>
        ) : (
          <span className="nowrap">
            {say("dictionary.usedByN", { n: row.usedBy.length, count: row.usedBy.length })}
          </span>
        ),
      plain: (row) => row.usedBy.length,
    },
    {
      id: "rows",
      title: say("dictionary.rows"),
      numeric: true,
      render: (row) => formats.compact(row.rows),
      plain: (row) => row.rows,
    },
    {
      id: "last",
      title: say("dictionary.last"),
      numeric: true,
      render: (row) => (row.lastAt === null ? "—" : formats.ago(row.lastAt, now)),
      plain: (row) => row.lastAt,
    },
  ];
  return (
    <Listing
      label={say("dictionary.title")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      to={(row) => here.to(entryPath(row.id))}
      exportName={say("data.dictionary")}
      note={say("ui.total", { n: formats.number(total) })}
      more={more}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{nameOf(row, formats)}</strong>
            <EntryStatusWord status={row.status} tasks={row.tasks.length} />
          </span>
          <span className="card-line soft">
            <span className="one-line">
              {row.meaning === null ? say("dictionary.noMeaning") : formats.say(row.meaning)}
            </span>
            <SensitivityTag level={row.sensitivity} />
          </span>
        </>
      )}
    />
  );
}

/** The name as the sender writes it; a property with its event. */
const codeOf = (row: DictionaryEntry) => (row.event === null ? row.name : `${row.event}.${row.name}`);
