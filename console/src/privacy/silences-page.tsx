import { BellOutlined } from "@ant-design/icons";
import type { ListedSilence } from "@stork/contract/privacy.ts";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { type Column, Listing } from "../ui/listing.tsx";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useSilences } from "./queries.ts";
import { whySilent } from "./quiet.tsx";
import { WhoOf } from "./who-of.tsx";

/** Every silence, with the proof of what it stopped one click away. */
export function SilencesPage() {
  const say = useSay();
  const here = useHere();
  const silences = useSilences();
  const columns = useColumns();
  const rows = silences.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      name={say("privacy.silencesName")}
      title={say("privacy.silencesTitle")}
      sub={say("privacy.silencesSub")}
    >
      {silences.isPending ? (
        <RowsSkeleton rows={6} />
      ) : silences.isError ? (
        <Trouble error={silences.error} retry={() => void silences.refetch()} />
      ) : rows.length === 0 ? (
        <Teach
          icon={<BellOutlined />}
          title={say("privacy.silencesEmpty")}
          text={say("privacy.silencesEmptyText")}
        />
      ) : (
        <Listing
          label={say("privacy.silencesName")}
          columns={columns}
          rows={rows}
          keyOf={(row) => row.id}
          to={(row) => here.to(`/families/${row.person}/silences/${row.id}`)}
          card={(row) => <Card silence={row} />}
          more={{
            has: silences.hasNextPage,
            loading: silences.isFetchingNextPage,
            load: () => void silences.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

function Card({ silence }: { silence: ListedSilence }) {
  const say = useSay();
  const formats = useFormats();
  return (
    <div className="two-facts">
      <strong>
        <WhoOf face={silence} />
      </strong>
      <Standing silence={silence} />
      <span className="soft">
        {formats.instant(silence.since)} · {whySilent(silence, say)}
      </span>
    </div>
  );
}

function Standing({ silence: { endedAt } }: { silence: ListedSilence }) {
  const say = useSay();
  return endedAt === null ? (
    <span className="status">{say("privacy.quietShort")}</span>
  ) : (
    <span className="soft">{say("privacy.silenceEnded")}</span>
  );
}

function useColumns(): Column<ListedSilence>[] {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  return [
    { id: "who", title: say("privacy.family"), render: (row) => <WhoOf face={row} /> },
    { id: "since", title: say("privacy.since"), render: (row) => formats.instant(row.since) },
    { id: "why", title: say("privacy.whyColumn"), render: (row) => whySilent(row, say) },
    {
      id: "about",
      title: say("privacy.about"),
      render: (row) => say(row.child === null ? "privacy.aboutAll" : "privacy.aboutOne"),
    },
    { id: "state", title: say("privacy.standing"), render: (row) => <Standing silence={row} /> },
    {
      id: "ended",
      title: say("privacy.endedColumn"),
      render: (row) =>
        row.endedAt === null ? (
          <span className="faint">—</span>
        ) : (
          <>
            {formats.instant(row.endedAt)}{" "}
            <span className="soft">{row.endedBy !== null && whoSaid(row.endedBy)}</span>
          </>
        ),
    },
  ];
}
