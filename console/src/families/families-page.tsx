import { SearchOutlined } from "@ant-design/icons";
import { Stage } from "@stork/contract/catalog.ts";
import type { FamilyRow } from "@stork/contract/people.ts";
import type { Condition } from "@stork/contract/segments.ts";
import { Button, Checkbox, Input } from "antd";
import { useDeferredValue, useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { type Column, Listing } from "../ui/listing.tsx";
import { useNow } from "../ui/now.ts";
import { Page } from "../ui/page.tsx";
import { StageTag } from "../ui/stage-tag.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { useFamilies } from "./queries.ts";
import { StageChips } from "./stage-chips.tsx";
import "./families.css";

/** Asked for, guesses at least so sure are found by stage; nobody is found by a guess unasked. */
const leastConfidence = 0.5;

export function FamiliesPage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  // What is typed may be somebody's phone number, so unlike the stages it never goes into the address.
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const chosen = Stage.safeParse(get("stage")).data ?? null;
  const guesses = chosen !== null && get("guesses") === "1";
  const families = useFamilies(query.length >= 2 ? query : "", chosen, guesses ? leastConfidence : null);
  const rows = families.data?.pages.flatMap((page) => page.items) ?? [];
  const total = families.data?.pages[0]?.total ?? 0;
  const filtered = chosen !== null || query !== "";
  return (
    <Page
      title={say("families.title")}
      sub={say("families.sub")}
      actions={
        <>
          <Link to={here.to("/families/review")}>{say("identity.review")}</Link>
          <Link to={here.to("/families/rules")}>{say("identity.rules")}</Link>
          {chosen !== null && here.can("segments:write") && <ToSegment chosen={chosen} guesses={guesses} />}
        </>
      }
      filters={
        <>
          <Input
            allowClear
            className="families-search"
            prefix={<SearchOutlined aria-hidden="true" />}
            placeholder={say("families.search")}
            aria-label={say("families.search")}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
          />
          <StageChips
            chosen={chosen}
            onChange={(stage) => set(stage === null ? { stage, guesses: null } : { stage })}
          />
          {chosen !== null && (
            <Checkbox
              checked={guesses}
              onChange={(event) => set({ guesses: event.target.checked ? "1" : null })}
            >
              {say("families.withGuesses", { share: formats.percent(leastConfidence, 0) })}
            </Checkbox>
          )}
        </>
      }
    >
      {families.isPending ? (
        <RowsSkeleton rows={10} />
      ) : families.isError ? (
        <Trouble error={families.error} retry={() => void families.refetch()} />
      ) : rows.length === 0 ? (
        filtered ? (
          <Teach
            title={say("families.none")}
            text={say("families.noneText")}
            action={
              <Button
                onClick={() => {
                  setTyped("");
                  set({ stage: null, guesses: null });
                }}
              >
                {say("families.clear")}
              </Button>
            }
          />
        ) : (
          <Teach
            title={say("families.empty")}
            text={say("families.emptyText")}
            action={
              <Link to={here.to("/data/imports/new")}>
                <Button type="primary">{say("shell.newImport")}</Button>
              </Link>
            }
          />
        )
      ) : (
        <FamilyRows
          rows={rows}
          note={say("families.total", { n: formats.number(total), count: total })}
          more={{
            has: families.hasNextPage,
            loading: families.isFetchingNextPage,
            load: () => void families.fetchNextPage(),
          }}
        />
      )}
    </Page>
  );
}

function ToSegment({ chosen, guesses }: { chosen: Stage; guesses: boolean }) {
  const say = useSay();
  const here = useHere();
  const stage = { kind: "stage" as const, in: [chosen], ...(guesses ? { inferred: leastConfidence } : {}) };
  const where: Condition = { kind: "all", of: [stage] };
  return (
    <Link to={here.to(`/segments/new?where=${encodeURIComponent(JSON.stringify(where))}`)}>
      <Button type="primary">{say("families.toSegment")}</Button>
    </Link>
  );
}

function FamilyRows({
  rows,
  note,
  more,
}: {
  rows: FamilyRow[];
  note: string;
  more: { has: boolean; loading: boolean; load(): void };
}) {
  const say = useSay();
  const here = useHere();
  const columns = useFamilyColumns();
  const formats = useFormats();
  return (
    <Listing
      label={say("families.title")}
      columns={columns}
      rows={rows}
      keyOf={(row) => row.person}
      to={(row) => here.to(`/families/${row.person}`)}
      note={note}
      exportName="families"
      more={more}
      card={(row) => (
        <>
          <span className="card-line">
            <strong>{row.name ?? row.phone ?? say("families.unnamed")}</strong>
            {row.quiet && <span className="status quiet">{say("privacy.quietShort")}</span>}
            <Children row={row} />
          </span>
          <span className="card-line soft">
            <span>{[row.phone, row.city].filter(Boolean).join(" · ")}</span>
            <span className="strong">
              {row.orders > 0 ? formats.moneyCompact(row.amountFen) : say("families.noOrders")}
            </span>
          </span>
        </>
      )}
    />
  );
}

function useFamilyColumns(): Column<FamilyRow>[] {
  const say = useSay();
  const formats = useFormats();
  const now = useNow();
  return [
    {
      id: "name",
      title: say("families.name"),
      render: (row) => (
        <>
          {row.name ?? <span className="soft">{say("families.unnamed")}</span>}
          {row.quiet && <span className="status quiet">{say("privacy.quietShort")}</span>}
        </>
      ),
      plain: (row) => row.name,
    },
    {
      id: "phone",
      title: say("families.phone"),
      render: (row) => row.phone ?? "—",
      plain: (row) => row.phone,
    },
    { id: "city", title: say("families.city"), render: (row) => row.city ?? "—", plain: (row) => row.city },
    {
      id: "children",
      title: say("families.children"),
      render: (row) => <Children row={row} />,
      plain: (row) =>
        row.children
          .map(
            (child) =>
              `${child.stage ?? "?"}${child.source === "inferred" ? `(${say("families.inferred")})` : ""}`,
          )
          .join(" "),
    },
    {
      id: "orders",
      title: say("families.orders"),
      numeric: true,
      render: (row) => formats.number(row.orders),
      plain: (row) => row.orders,
    },
    {
      id: "amount",
      title: say("families.amount"),
      numeric: true,
      render: (row) => (row.orders > 0 ? formats.money(row.amountFen) : "—"),
      plain: (row) => row.amountFen / 100,
    },
    {
      id: "seen",
      title: say("families.lastSeen"),
      numeric: true,
      render: (row) =>
        row.lastSeenAt === null ? (
          "—"
        ) : (
          <span title={formats.instant(row.lastSeenAt)}>{formats.ago(row.lastSeenAt, now)}</span>
        ),
      plain: (row) => row.lastSeenAt,
    },
    {
      id: "person",
      title: say("families.id"),
      optional: true,
      render: (row) => <code>{row.person}</code>,
      plain: (row) => row.person,
    },
  ];
}

/** Stated children, or outlined and with their share of confidence those that are only guessed. */
function Children({ row }: { row: FamilyRow }) {
  const say = useSay();
  const formats = useFormats();
  if (row.children.length === 0) return <span className="soft">—</span>;
  return (
    <span className="stages">
      {row.children.map(({ id, stage, source, confidence }) => (
        <StageTag
          key={id}
          stage={stage}
          inferred={source === "inferred"}
          {...(confidence === undefined
            ? {}
            : { extra: say("families.guess", { share: formats.percent(confidence, 0) }) })}
        />
      ))}
    </span>
  );
}
