import { SafetyCertificateOutlined } from "@ant-design/icons";
import type { RightsRequest } from "@stork/contract/rights.ts";
import { Button, Segmented } from "antd";
import { useState } from "react";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { ClockWord, StateWord } from "./clock-word.tsx";
import { NewRequest } from "./new-request.tsx";
import { useRequests } from "./queries.ts";
import "./rights.css";

type Show = "open" | "ended" | "all";
const shows: readonly Show[] = ["open", "ended", "all"];

/** The desk: whose turn it is, and how much time is left. */
export function RightsPage() {
  const say = useSay();
  const here = useHere();
  const [get, set] = useAddress();
  const show = shows.find((one) => one === get("show")) ?? "open";
  const requests = useRequests(show);
  const [making, setMaking] = useState(false);
  const make = here.can("rights:write") && (
    <Button type="primary" onClick={() => setMaking(true)}>
      {say("rights.new")}
    </Button>
  );
  const first = requests.data?.pages[0];
  const never = first !== undefined && first.counts.open + first.counts.ended === 0;
  return (
    <Page
      name={say("rights.name")}
      title={say("rights.title")}
      sub={say("rights.sub")}
      actions={make}
      filters={
        !never && (
          <>
            <Segmented<Show>
              value={show}
              onChange={(value) => set({ show: value === "open" ? null : value })}
              options={shows.map((value) => ({ value, label: say(`rights.show.${value}`) }))}
            />
            {first !== undefined && <Counts counts={first.counts} />}
          </>
        )
      }
    >
      {requests.isPending ? (
        <RowsSkeleton rows={6} />
      ) : requests.isError ? (
        <Trouble error={requests.error} retry={() => void requests.refetch()} />
      ) : (
        <Rows
          rows={requests.data.pages.flatMap((page) => page.items)}
          never={never}
          more={{
            has: requests.hasNextPage,
            loading: requests.isFetchingNextPage,
            load: () => void requests.fetchNextPage(),
          }}
        />
      )}
      <NewRequest open={making} onClose={() => setMaking(false)} />
    </Page>
  );
}

function Counts({ counts }: { counts: { green: number; amber: number; red: number } }) {
  const say = useSay();
  const formats = useFormats();
  const tones = { red: "bad", amber: "warn", green: "good" } as const;
  return (
    <ul className="rights-counts">
      {(["red", "amber", "green"] as const).map((colour) => (
        <li key={colour}>
          <span className={`status ${tones[colour]}`}>{say(`rights.${colour}`)}</span>{" "}
          <strong>{formats.number(counts[colour])}</strong>
        </li>
      ))}
    </ul>
  );
}

type More = { has: boolean; loading: boolean; load(): void };

function Rows({ rows, never, more }: { rows: readonly RightsRequest[]; never: boolean; more: More }) {
  const say = useSay();
  const here = useHere();
  const columns = useColumns();
  if (rows.length === 0)
    return (
      <Teach
        icon={<SafetyCertificateOutlined />}
        title={say(never ? "rights.empty" : "rights.emptyEnded")}
        text={say(never ? "rights.emptyText" : "rights.emptyEndedText")}
      />
    );
  return (
    <Listing
      label={say("rights.name")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.id}
      to={(row) => here.to(`/rights/${row.id}`)}
      card={(row) => (
        <div className="rights-card">
          <strong>
            <Who request={row} />
          </strong>
          <ClockWord clock={row.clock} />
          <span className="soft">
            {say(`rights.kind.${row.kind}`)} · {say(`rights.state.${row.state}`)}
          </span>
        </div>
      )}
      more={more}
    />
  );
}

function useColumns(): Column<RightsRequest>[] {
  const say = useSay();
  const formats = useFormats();
  return [
    { id: "who", title: say("rights.who"), render: (row) => <Who request={row} /> },
    {
      id: "kind",
      title: say("rights.kindColumn"),
      render: (row) => (
        <>
          {say(`rights.kind.${row.kind}`)}
          {row.oneChild && <span className="soft"> · {say("rights.oneChild")}</span>}
        </>
      ),
    },
    { id: "clock", title: say("rights.clockColumn"), render: (row) => <ClockWord clock={row.clock} /> },
    { id: "state", title: say("rights.stateColumn"), render: (row) => <StateWord state={row.state} /> },
    {
      id: "assignee",
      title: say("rights.assigneeColumn"),
      render: (row) => row.assignee?.name ?? <span className="faint">{say("rights.nobody")}</span>,
    },
    { id: "opened", title: say("rights.openedColumn"), render: (row) => formats.instant(row.openedAt) },
  ];
}

export function Who({ request }: { request: Pick<RightsRequest, "person" | "name" | "phone"> }) {
  const say = useSay();
  if (request.person === null) return <span className="soft">{say("rights.gone")}</span>;
  return (
    <>
      {request.name ?? say("rights.unnamed")}
      {request.phone !== null && <span className="soft"> {request.phone}</span>}
    </>
  );
}
