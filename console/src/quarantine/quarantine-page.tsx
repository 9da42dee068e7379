import { SafetyOutlined } from "@ant-design/icons";
import {
  type QuarantineFilter,
  type QuarantineItem,
  QuarantineKind,
  QuarantineState,
  type QuarantineSummary,
} from "@stork/contract/quarantine.ts";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useSay } from "../i18n/i18n.ts";
import { useFormats, useHere } from "../shell/session.tsx";
import { useAddress } from "../ui/address.ts";
import { Page } from "../ui/page.tsx";
import { RowsSkeleton, Teach, Trouble } from "../ui/states.tsx";
import { BulkBar } from "./bulk-bar.tsx";
import { Filters } from "./filters.tsx";
import { ItemDrawer } from "./item-drawer.tsx";
import { ItemsTable } from "./items-table.tsx";
import { useItems, useSummary } from "./queries.ts";
import "./quarantine.css";

/** What was not taken, why, and what to do about it. Everything stays here until somebody mends it or lets it go. */
export function QuarantinePage() {
  const say = useSay();
  const here = useHere();
  const formats = useFormats();
  const [get, set] = useAddress();
  const filter = filterOf(get);
  const items = useItems(filter);
  const summary = useSummary(filter.import === undefined ? {} : { import: filter.import });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = items.data?.pages.flatMap((page) => page.items) ?? [];
  const total = items.data?.pages[0]?.total ?? 0;
  const narrowed = Object.keys(filter).some((name) => name !== "state");
  const ever = summary.data?.groups.some((one) => one.open + one.replayed + one.dropped > 0) ?? true;
  const alike = alikeOf(
    rows.filter(({ id }) => chosen.has(id)),
    filter,
    summary.data,
  );
  return (
    <Page title={say("quarantine.title")} sub={say("quarantine.sub")}>
      {ever && (
        <Filters
          filter={filter}
          summary={summary.data}
          onChange={(changes) => {
            setChosen(new Set());
            set(changes);
          }}
        />
      )}
      {items.isPending ? (
        <RowsSkeleton rows={8} />
      ) : items.isError ? (
        <Trouble error={items.error} retry={() => void items.refetch()} />
      ) : rows.length === 0 ? (
        <Teach
          icon={<SafetyOutlined />}
          title={say(narrowed || filter.state !== "open" ? "quarantine.none" : "quarantine.empty")}
          text={say(narrowed || filter.state !== "open" ? "quarantine.noneText" : "quarantine.emptyText")}
          action={
            narrowed ? (
              <Button
                onClick={() => set({ kind: null, source: null, import: null, code: null, state: null })}
              >
                {say("quarantine.clear")}
              </Button>
            ) : (
              <Link to={here.to("/data/imports")}>
                <Button>{say("quarantine.toImports")}</Button>
              </Link>
            )
          }
        />
      ) : (
        <>
          <div className="listing-bar">
            <span className="soft">{say("ui.total", { n: formats.number(total) })}</span>
            {filter.state === "open" && here.can("collect:write") && (
              <BulkBar
                chosen={chosen}
                first={(rows.find(({ id }) => chosen.has(id)) ?? rows[0])?.id ?? ""}
                total={total}
                filter={filter}
                alike={alike === null || alike.open <= chosen.size ? null : alike.open}
                onAlike={() => {
                  setChosen(new Set());
                  set({ code: alike?.code ?? null });
                }}
                onDone={() => setChosen(new Set())}
              />
            )}
          </div>
          <ItemsTable
            rows={rows}
            choosable={filter.state === "open" && here.can("collect:write")}
            chosen={chosen}
            onChoose={setChosen}
            onOpen={(id) => set({ item: id })}
          />
          {items.hasNextPage && (
            <div className="centre">
              <Button onClick={() => void items.fetchNextPage()} loading={items.isFetchingNextPage}>
                {say("ui.loadMore")}
              </Button>
            </div>
          )}
        </>
      )}
      <ItemDrawer id={get("item")} onClose={() => set({ item: null })} />
    </Page>
  );
}

/** The one reason of all those chosen, and how many wait for it; null when they have several, or it is filtered by. */
function alikeOf(
  chosen: readonly QuarantineItem[],
  filter: QuarantineFilter,
  summary: QuarantineSummary | undefined,
): { code: string; open: number } | null {
  const [code, ...others] = new Set(chosen.map((one) => one.code));
  if (code === undefined || others.length > 0 || filter.code !== undefined) return null;
  const fits = (summary?.groups ?? []).filter(
    (one) =>
      one.code === code &&
      (filter.source ?? one.source.id) === one.source.id &&
      (filter.kind ?? one.kind) === one.kind,
  );
  return { code, open: fits.reduce((sum, one) => sum + one.open, 0) };
}

/** The filter that the address says; what waits is shown unless it says otherwise. */
function filterOf(get: (name: string) => string | null): QuarantineFilter {
  const kind = QuarantineKind.safeParse(get("kind")).data;
  const source = get("source");
  const from = get("import");
  const code = get("code");
  return {
    state: QuarantineState.safeParse(get("state")).data ?? "open",
    ...(kind === undefined ? {} : { kind }),
    ...(source === null ? {} : { source }),
    ...(from === null ? {} : { import: from }),
    ...(code === null ? {} : { code }),
  };
}
