import { EyeOutlined } from "@ant-design/icons";
import { type LoggedLook, LoggedLooks } from "@stork/contract/looks.ts";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { Link } from "react-router";
import { api } from "../api/client.ts";
import { useWhoSaid } from "../families/who-said.ts";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { WhoOf } from "./who-of.tsx";
import "./privacy.css";

/** Who looked behind the masks, at what, of whom: of everybody, or of one person (`?person=`). */
export function LooksPage() {
  const say = useSay();
  const [get, set] = useAddress();
  const person = get("person");
  const looks = useLooks(person);
  const columns = useColumns();
  const rows = looks.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page
      name={say("privacy.looksName")}
      title={say(person === null ? "privacy.looksTitle" : "privacy.looksOfOne")}
      sub={say("privacy.looksSub")}
      actions={
        person !== null && <Button onClick={() => set({ person: null })}>{say("privacy.looksOfAll")}</Button>
      }
    >
      {looks.isPending ? (
        <RowsSkeleton rows={8} />
      ) : looks.isError ? (
        <Trouble error={looks.error} retry={() => void looks.refetch()} />
      ) : rows.length === 0 ? (
        <Teach
          icon={<EyeOutlined />}
          title={say("privacy.looksEmpty")}
          text={say("privacy.looksEmptyText")}
        />
      ) : (
        <Listing
          label={say("privacy.looksName")}
          columns={columns}
          rows={rows}
          keyOf={(row) => row.id}
          card={(row) => <Card look={row} />}
          more={{
            has: looks.hasNextPage,
            loading: looks.isFetchingNextPage,
            load: () => void looks.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

function useLooks(person: string | null) {
  const here = useHere();
  return useInfiniteQuery({
    queryKey: [...here.key, "looks", person],
    queryFn: ({ signal, pageParam }) =>
      api.get(here.at("/looks"), LoggedLooks, { signal, query: { after: pageParam, person } }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
  });
}

function Card({ look }: { look: LoggedLook }) {
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  return (
    <div className="two-facts">
      <strong>{formats.say(look.what)}</strong>
      <Whom look={look} />
      <span className="soft">
        {whoSaid(look.who)} · {formats.instant(look.at)}
      </span>
    </div>
  );
}

function Whom({ look: { person, persons } }: { look: LoggedLook }) {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  if (person !== null)
    return (
      <Link to={here.to(`/families/${person.id}`)}>
        <WhoOf face={person} />
      </Link>
    );
  if (persons === null) return <span className="faint">{say("privacy.looksUncounted")}</span>;
  return persons === 1 ? (
    <span className="faint">{say("privacy.looksGone")}</span>
  ) : (
    <span>{say("privacy.looksPersons", { n: formats.number(persons), count: persons })}</span>
  );
}

function useColumns(): Column<LoggedLook>[] {
  const say = useSay();
  const formats = useFormats();
  const whoSaid = useWhoSaid();
  return [
    {
      ...{ id: "at", title: say("privacy.looksAt") },
      render: (row) => formats.instant(row.at),
      plain: (row) => row.at,
    },
    {
      ...{ id: "who", title: say("privacy.looksWho") },
      render: (row) => whoSaid(row.who),
      plain: (row) => whoSaid(row.who),
    },
    {
      ...{ id: "what", title: say("privacy.looksWhat") },
      render: (row) => formats.say(row.what),
      plain: (row) => formats.say(row.what),
    },
    {
      ...{ id: "whom", title: say("privacy.looksWhom") },
      render: (row) => <Whom look={row} />,
      plain: (row) => row.person?.id ?? row.persons,
    },
  ];
}
